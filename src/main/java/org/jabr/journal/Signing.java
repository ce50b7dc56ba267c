package org.jabr.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Signs with Ed25519 (RFC 8032). The key stands in a file of its own, as whoever has the database must not have it too. */
final class Signing {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ALGORITHM = "Ed25519";
    /** How an Ed25519 key of 32 bytes begins in X.509 (RFC 8410). */
    private static final String X509 = "302a300506032b6570032100";

    private static final int PUBLIC = 32;

    private final PrivateKey secret;
    private final String key;

    private Signing(PrivateKey secret, String key) {
        this.secret = secret;
        this.key = key;
    }

    /** The key in a file, which is made where there is none. */
    static Signing in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | RuntimeException broken) {
            throw new IllegalStateException("The file of the seal's key holds no key: " + file, broken);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "seal", ".key");
        Files.writeString(
                fresh,
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                        + pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        try {
            // Whoever was faster has made the key; a link comes about whole, or not at all.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException faster) {
            // Then theirs is the key.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Signing read(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(unpem("PRIVATE KEY", text)));
        byte[] encoded = unpem("PUBLIC KEY", text);
        byte[] bytes = new byte[PUBLIC];
        System.arraycopy(encoded, encoded.length - PUBLIC, bytes, 0, PUBLIC);
        Signing signing = new Signing(secret, HEX.formatHex(bytes));
        if (!verifies(signing.key, "", signing.sign(""))) {
            throw new GeneralSecurityException("The two halves of the key do not belong together");
        }
        return signing;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static byte[] unpem(String what, String text) {
        String begin = "-----BEGIN " + what + "-----";
        int from = text.indexOf(begin) + begin.length();
        return Base64.getMimeDecoder().decode(text.substring(from, text.indexOf("-----END " + what, from)));
    }

    /** The public key, in hexadecimal. */
    String key() {
        return key;
    }

    String sign(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a key, in hexadecimal, signed a text; a signature is written in one way only, with small letters. */
    static boolean verifies(String key, String text, String signature) {
        try {
            byte[] signed = HEX.parseHex(signature);
            if (!HEX.formatHex(signed).equals(signature)) {
                return false;
            }
            PublicKey known =
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(HEX.parseHex(X509 + key)));
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(known);
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return check.verify(signed);
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            return false;
        }
    }
}
