package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshOptionsTest {
    @Test
    void letters_and_keywords_are_read_joined_or_apart() {
        SshOptions options = parse("-p", "2222", "-i/a", "-i", "/b", "-oPort=1", "-o", "HostKeyAlias db", "-F/cfg");

        assertThat(options.value("port")).contains("2222");
        assertThat(options.identityFiles()).containsExactly("/a", "/b");
        assertThat(options.value("hostkeyalias")).contains("db");
        assertThat(options.configFile()).contains("/cfg");
        assertThat(options.unknown()).isEmpty();
    }

    @Test
    void the_first_value_counts_except_for_identity_files() {
        SshOptions options = parse(
                "-o", "UserKnownHostsFile=/one", "-o", "userknownhostsfile=/two", "-o", "IdentityFile=/k", "-i", "/l");

        assertThat(options.value("userknownhostsfile")).contains("/one");
        assertThat(options.identityFiles()).containsExactly("/k", "/l");
    }

    @Test
    void what_changes_nothing_is_accepted() {
        SshOptions options = parse(
                "-q",
                "-4Tx",
                "-2",
                "-o",
                "Protocol=2",
                "-o",
                "BatchMode=yes",
                "-oConnectTimeout=5",
                "-o",
                "ControlMaster auto",
                "-S",
                "none",
                "-vp",
                "1");

        assertThat(options.unknown()).isEmpty();
        assertThat(options.value("port")).contains("1");
    }

    @ParameterizedTest
    @CsvSource({
        "-J bastion,-J bastion",
        "-oProxyCommand=nc,-o ProxyCommand=nc",
        "-Z,-Z",
        "word,word",
        "-o,-o without a value"
    })
    void what_cannot_be_honoured_is_collected(String line, String unknown) {
        assertThat(SshOptions.parse(List.of(line.split(" ", -1))).unknown()).containsExactly(unknown);
    }

    @Test
    void nothing_is_nothing() {
        assertThat(SshOptions.none()).isEqualTo(new SshOptions(Map.of(), List.of(), Optional.empty(), List.of()));
    }

    private static SshOptions parse(String... words) {
        return SshOptions.parse(List.of(words));
    }
}
