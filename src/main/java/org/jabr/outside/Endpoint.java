package org.jabr.outside;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where another system is.
 *
 * @param url begins with https:// or http://
 * @param secret both sides sign with it
 * @param allowPrivate whether it may be at an address that is not of the public internet
 */
public record Endpoint(String url, String secret, boolean allowPrivate) {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    @Override
    public String toString() {
        return "[endpoint]";
    }

    /** The address without a slash at its end. */
    public URI home() {
        String text = url.strip();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    public String host() {
        return String.valueOf(home().getHost());
    }

    /**
     * What is wrong with it, as a sentence for who runs the house; null where nothing is.
     *
     * @param setting where it stands, such as {@code jabr.gateways.effects}
     */
    public @Nullable String mistake(String setting) {
        URI home;
        try {
            home = new URI(url.strip());
        } catch (URISyntaxException e) {
            return setting + ".url is not an address.";
        }
        String scheme = home.getScheme();
        if (home.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            return setting + ".url must begin with https:// or http:// and name a host.";
        }
        if (home.getUserInfo() != null || home.getQuery() != null || home.getFragment() != null) {
            return setting + ".url must hold neither a user nor a query nor a fragment.";
        }
        if (secret.isBlank()) {
            return setting + ".secret is missing: without it the other side cannot tell who calls.";
        }
        return null;
    }

    /**
     * The addresses that may be connected to.
     *
     * @throws GatewayRefused where it is at a private address and that is not allowed
     */
    public CheckedAddresses addresses(String setting) {
        CheckedAddresses addresses = new CheckedAddresses(host(), allowPrivate);
        try {
            addresses.resolve(host());
        } catch (CheckedAddresses.Refused e) {
            throw new GatewayRefused(
                    "What " + setting + ".url names is at a private address, and private addresses are not allowed.",
                    "Set " + setting + ".allow-private=true if it really is in your own network.");
        } catch (UnknownHostException e) {
            LOG.warn("The host of {}.url has no address yet; what is for it waits until it has one", setting);
        }
        return addresses;
    }
}
