package org.jabr.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyWrapTests {

    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

    @TempDir
    Path folder;

    @Test
    void aKeyUnderTheHousesKeyIsReadWithThatKeyOnly() throws IOException {
        KeyWrap wrap = new KeyWrap(file("one", (byte) 1));
        String stored = wrap.close(7, KEY);

        assertThat(stored).startsWith("w:").doesNotContain(Base64.getEncoder().encodeToString(KEY.getEncoded()));
        assertThat(wrap.open(7, stored)).isEqualTo(KEY);
        assertThatThrownBy(() -> new KeyWrap(file("two", (byte) 2)).open(7, stored))
                .hasMessageContaining("another key than jabr.privacy.key-file");
        assertThatThrownBy(() -> new KeyWrap("").open(7, stored)).hasMessageContaining("names no key");
    }

    @Test
    void keysFromBeforeThereWasAHousesKeyAreStillRead() throws IOException {
        String stored = new KeyWrap("").close(7, KEY);

        assertThat(stored).startsWith("p:");
        assertThat(new KeyWrap(file("one", (byte) 1)).open(7, stored)).isEqualTo(KEY);
    }

    @Test
    void aFileThatIsNoKeyIsNamedAtTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("short"), "c2hvcnQ=");
        assertThatThrownBy(() -> new KeyWrap(file.toString())).hasMessageContaining("openssl rand -base64 32");
        assertThatThrownBy(() -> new KeyWrap(folder.resolve("none").toString())).hasMessageContaining("cannot be read");
    }

    private String file(String name, byte fill) throws IOException {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, fill);
        return Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(bytes) + "\n")
                .toString();
    }
}
