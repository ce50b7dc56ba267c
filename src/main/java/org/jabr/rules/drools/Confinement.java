package org.jabr.rules.drools;

import java.io.FileDescriptor;
import java.net.InetAddress;
import java.security.Permission;

/**
 * The walls of a trial process, where the Java version still has them: no other program, no network, nothing written or
 * deleted, no end before its time. Newer versions rely on the other walls: the gate, the empty environment and the
 * limits on memory and time.
 */
@SuppressWarnings("removal")
final class Confinement extends SecurityManager {

    private static final int LAST_WITH_WALLS = 23;

    private static volatile boolean leaving;

    private Confinement() {}

    /** Whether this Java version can build the walls. */
    static boolean possible() {
        return Runtime.version().feature() <= LAST_WITH_WALLS;
    }

    static void begin() {
        if (possible()) {
            System.setSecurityManager(new Confinement());
        }
    }

    /** Ends the process at once. */
    static void leave() {
        leaving = true;
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void checkPermission(Permission permission) {
        if (permission.getName().equals("setSecurityManager")) {
            throw refused("the walls");
        }
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
        checkPermission(permission);
    }

    @Override
    public void checkExit(int status) {
        if (!leaving) {
            throw refused("exit");
        }
    }

    @Override
    public void checkExec(String program) {
        throw refused("exec");
    }

    @Override
    public void checkLink(String library) {
        if (library.contains("/") || library.contains("\\")) {
            throw refused("link");
        }
    }

    @Override
    public void checkConnect(String host, int port) {
        throw refused("connect");
    }

    @Override
    public void checkConnect(String host, int port, Object context) {
        throw refused("connect");
    }

    @Override
    public void checkListen(int port) {
        throw refused("listen");
    }

    @Override
    public void checkAccept(String host, int port) {
        throw refused("accept");
    }

    @Override
    public void checkMulticast(InetAddress address) {
        throw refused("multicast");
    }

    @Override
    public void checkWrite(FileDescriptor descriptor) {
        // the pipes to the process that started this one
    }

    @Override
    public void checkWrite(String file) {
        throw refused("write");
    }

    @Override
    public void checkDelete(String file) {
        throw refused("delete");
    }

    private static SecurityException refused(String what) {
        return new SecurityException("rules on trial may not: " + what);
    }
}
