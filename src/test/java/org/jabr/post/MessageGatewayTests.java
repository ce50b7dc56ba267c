package org.jabr.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jabr.outside.SignedClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MessageGatewayTests {

    @ParameterizedTest
    @CsvSource({
        "200, HANDED_OVER, ''",
        "202, HANDED_OVER, ''",
        "204, HANDED_OVER, ''",
        "301, LATER, GATEWAY_FAILS",
        "400, REFUSED, MESSAGE_REFUSED",
        "401, UNREACHABLE, SIGNATURE_REFUSED",
        "403, UNREACHABLE, SIGNATURE_REFUSED",
        "404, REFUSED, MESSAGE_REFUSED",
        "408, LATER, GATEWAY_BUSY",
        "409, REFUSED, MESSAGE_REFUSED",
        "422, REFUSED, MESSAGE_REFUSED",
        "429, LATER, GATEWAY_BUSY",
        "500, LATER, GATEWAY_FAILS",
        "503, LATER, GATEWAY_FAILS",
    })
    void readsWhatAnAnswerMeans(int status, Carrier.Outcome outcome, String code) {
        assertThat(MessageGateway.answer(new SignedClient.Reply(status, new byte[0], null)))
                .isEqualTo(new Carrier.Answer(outcome, code));
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, UNREACHABLE, GATEWAY_UNREACHABLE",
        "NO_ADDRESS, UNREACHABLE, GATEWAY_UNREACHABLE",
        "ADDRESS_REFUSED, UNREACHABLE, GATEWAY_UNREACHABLE",
        "TLS, UNREACHABLE, GATEWAY_UNREACHABLE",
        "TIMEOUT, LATER, GATEWAY_SILENT",
        "CONNECTION, LATER, GATEWAY_SILENT",
        "TOO_LONG, LATER, GATEWAY_SILENT",
    })
    void usesUpATryOnlyWhereTheMessageMayHaveArrived(String failure, Carrier.Outcome outcome, String code) {
        assertThat(MessageGateway.answer(new SignedClient.Reply(0, new byte[0], failure)))
                .isEqualTo(new Carrier.Answer(outcome, code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url=messages.example | url",
                "url=https://me:pw@messages.example;secret=S | url",
                "url=https://messages.example | secret",
                "url=https://messages.example;secret=S;channels=EMAIL | channels",
                "url=https://messages.example;secret=S;channels=PIGEON | channels",
                "url=https://messages.example;secret=S;channels= | channels",
                "url=https://messages.example;secret=S;timeout=PT0S | timeout",
                "url=https://messages.example;secret=S;timeout=PT1M | timeout",
                "url=https://messages.example;secret=S;rate=0 | rate",
                "url=https://messages.example;secret=S;breaker-share=0 | breaker-share",
            })
    void namesTheSettingThatIsWrong(String settings, String setting) {
        assertThat(terms(settings).mistake()).contains("jabr.gateways.messages").contains(setting);
    }

    @Test
    void carriesTextMessagesAndChatsUnlessToldOtherwise() {
        MessageTerms terms = terms("url=https://messages.example;secret=S");

        assertThat(terms.mistake()).isNull();
        assertThat(terms.channels()).containsExactlyInAnyOrder("SMS", "CHAT");
    }

    private static MessageTerms terms(String settings) {
        Map<String, String> all = new HashMap<>();
        for (String one : settings.split(";")) {
            String[] pair = one.split("=", 2);
            all.put("jabr.gateways.messages." + pair[0], pair[1]);
        }
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("jabr.gateways.messages", MessageTerms.class);
    }
}
