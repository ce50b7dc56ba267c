package org.jabr.outside;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds the addresses of the one allowed host, and lets none through that lies in a private network, unless the house says
 * so. What is checked here is what is connected to: the client asks nobody else, so a name that means something else a
 * moment later changes nothing.
 */
public class CheckedAddresses implements DnsResolver {

    private final String host;
    private final boolean allowPrivate;
    private final DnsResolver names;

    public CheckedAddresses(String host, boolean allowPrivate) {
        this(host, allowPrivate, SystemDefaultDnsResolver.INSTANCE);
    }

    public CheckedAddresses(String host, boolean allowPrivate, DnsResolver names) {
        this.host = host;
        this.allowPrivate = allowPrivate;
        this.names = names;
    }

    /** An address that is not to be connected to. */
    public static final class Refused extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public InetAddress[] resolve(String asked) throws UnknownHostException {
        if (!bare(asked).equalsIgnoreCase(bare(host))) {
            throw new Refused("not the configured host");
        }
        InetAddress[] addresses = names.resolve(bare(asked));
        for (InetAddress address : addresses) {
            if (!allowPrivate && isPrivate(address)) {
                throw new Refused("a private address");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String asked) {
        return asked;
    }

    private static String bare(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** Whether an address is not one of the public internet. */
    public static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPrivate4(bytes, 0);
        }
        return address instanceof Inet6Address && isPrivate6(bytes);
    }

    private static boolean isPrivate6(byte[] bytes) {
        int first = word(bytes, 0);
        // Unique local; everything that is not of the one block given out to the world, unless it carries an IPv4
        // address.
        if ((first & 0xfe00) == 0xfc00) {
            return true;
        }
        if (first == 0x2002) {
            return isPrivate4(bytes, 2);
        }
        if (first == 0x64 && word(bytes, 2) == 0xff9b) {
            return isPrivate4(bytes, 12);
        }
        return (first & 0xe000) != 0x2000
                || first == 0x2001 && word(bytes, 2) < 0x0200
                || first == 0x2001 && word(bytes, 2) == 0x0db8;
    }

    private static boolean isPrivate4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        return a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && b >= 64 && b < 128
                || a == 169 && b == 254
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
