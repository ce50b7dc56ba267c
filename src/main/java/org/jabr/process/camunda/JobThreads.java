package org.jabr.process.camunda;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Lets running jobs end before the house closes. A job that is interrupted instead would be done again anyway, but an
 * interrupt inside H2 closes its file under everybody else.
 */
@Component
class JobThreads implements BeanPostProcessor {

    private static final String EXECUTOR = "camundaTaskExecutor";
    private static final int LONGEST_SECONDS = 20;

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (name.equals(EXECUTOR) && bean instanceof ThreadPoolTaskExecutor threads) {
            threads.setWaitForTasksToCompleteOnShutdown(true);
            threads.setAwaitTerminationSeconds(LONGEST_SECONDS);
        }
        return bean;
    }
}
