package org.jabr.web;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.xml.MappingJackson2XmlHttpMessageConverter;
import org.springframework.http.converter.yaml.MappingJackson2YamlHttpMessageConverter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What all pages share. */
@Configuration(proxyBeanMethods = false)
class PageSetup implements WebMvcConfigurer {

    /** Built files carry their hash in their name, so a browser may keep them. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/ui/assets/**")
                .addResourceLocations("classpath:/static/ui/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    /** Programs speak JSON. A library on the class path would have us read YAML and XML too. */
    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.removeIf(converter -> converter instanceof MappingJackson2YamlHttpMessageConverter
                || converter instanceof MappingJackson2XmlHttpMessageConverter);
    }

    /** What every template can name, refusals and errors included. */
    @Bean
    SmartInitializingSingleton namesInTemplates(
            ThymeleafViewResolver views, Reader reader, Navigation navigation, FolderNotice folder, UiFiles ui) {
        return () -> {
            views.addStaticVariable("reader", reader);
            views.addStaticVariable("navigation", navigation);
            views.addStaticVariable("folder", folder);
            views.addStaticVariable("ui", ui);
        };
    }

    @Bean
    SecurityContextRepository securityContexts() {
        return new HttpSessionSecurityContextRepository();
    }
}
