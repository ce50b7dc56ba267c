package org.jabr.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTests {

    /** Reckoned by other means. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sesame | {\"a\":1} | edbfd6cf2d6c1059d28bfaf2935b278f2828a91f2f2353f30f13178baf0302e2",
                "سر | {\"نص\":\"مرحبا\"} | 15cfa6fa677c9d1883336cd6ed2c6560a916e8403ab36b4e181de184f589233a",
            })
    void isWhatTheOtherSideReckons(String secret, String body, String expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThat(Signature.of(secret, "1767225600", bytes)).isEqualTo("sha256=" + expected);
        assertThat(Signature.matches("sha256=" + expected, secret, "1767225600", bytes))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sha256=edbfd6cf2d6c1059d28bfaf2935b278f2828a91f2f2353f30f13178baf0302e2, sesame, 1767225601",
        "sha256=edbfd6cf2d6c1059d28bfaf2935b278f2828a91f2f2353f30f13178baf0302e2, sesame2, 1767225600",
        "sha256=edbfd6cf2d6c1059d28bfaf2935b278f2828a91f2f2353f30f13178baf0302e3, sesame, 1767225600",
        "edbfd6cf2d6c1059d28bfaf2935b278f2828a91f2f2353f30f13178baf0302e2, sesame, 1767225600",
        "sha256=EDBFD6CF2D6C1059D28BFAF2935B278F2828A91F2F2353F30F13178BAF0302E2, sesame, 1767225600",
        "sha256=, sesame, 1767225600",
    })
    void matchesNothingElse(String said, String secret, String timestamp) {
        assertThat(Signature.matches(said, secret, timestamp, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
