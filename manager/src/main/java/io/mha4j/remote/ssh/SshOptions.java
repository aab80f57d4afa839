package io.mha4j.remote.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ssh_options} understood: what an operator would write between {@code ssh} and the host. As with ssh, the first
 * value of an option counts. Options that make no difference here (such as {@code -q} or {@code BatchMode}) are accepted;
 * those that would make one but are not known are collected, so that nobody relies on them in vain.
 *
 * @param values        values by option name in lower case, as after {@code -o}; {@code -p} is {@code port}
 * @param identityFiles {@code -i} and {@code IdentityFile}, in order
 * @param configFile    {@code -F}
 * @param unknown       options that cannot be honoured, as written
 */
public record SshOptions(
        Map<String, String> values, List<String> identityFiles, Optional<String> configFile, List<String> unknown) {

    /** Options whose value is used, in lower case. */
    static final Set<String> HONOURED = Set.of(
            "port",
            "user",
            "identityfile",
            "identityagent",
            "identitiesonly",
            "stricthostkeychecking",
            "userknownhostsfile",
            "globalknownhostsfile",
            "hostkeyalias",
            "serveraliveinterval",
            "serveralivecountmax",
            "ciphers",
            "macs",
            "kexalgorithms",
            "hostkeyalgorithms",
            "pubkeyacceptedalgorithms",
            "pubkeyacceptedkeytypes");

    /** Options that change nothing here: we never ask, never forward, never share, and have limits of our own. */
    static final Set<String> WITHOUT_EFFECT = Set.of(
            "addkeystoagent",
            "addressfamily",
            "batchmode",
            "canonicalizehostname",
            "challengeresponseauthentication",
            "checkhostip",
            "clearallforwardings",
            "compression",
            "connectionattempts",
            "connecttimeout",
            "controlmaster",
            "controlpath",
            "controlpersist",
            "escapechar",
            "exitonforwardfailure",
            "fingerprinthash",
            "forwardagent",
            "forwardx11",
            "forwardx11trusted",
            "gssapiauthentication",
            "gssapidelegatecredentials",
            "hashknownhosts",
            "hostbasedauthentication",
            "ipqos",
            "kbdinteractiveauthentication",
            "loglevel",
            "nohostauthenticationforlocalhost",
            "numberofpasswordprompts",
            "passwordauthentication",
            "permitlocalcommand",
            "preferredauthentications",
            "protocol",
            "pubkeyauthentication",
            "rekeylimit",
            "requesttty",
            "sendenv",
            "stdinnull",
            "tcpkeepalive",
            "updatehostkeys",
            "verifyhostkeydns",
            "visualhostkey");

    private static final String FLAGS_WITHOUT_EFFECT = "246AaCkKnqTtvXxYy";
    private static final Map<Character, String> LETTERS =
            Map.of('i', "identityfile", 'p', "port", 'l', "user", 'c', "ciphers", 'm', "macs");

    public SshOptions {
        values = Map.copyOf(values);
        identityFiles = List.copyOf(identityFiles);
        unknown = List.copyOf(unknown);
    }

    /** No options at all. */
    public static SshOptions none() {
        return parse(List.of());
    }

    /** Reads the words of {@code ssh_options}; never fails, see {@link #unknown}. */
    public static SshOptions parse(List<String> words) {
        Reader reader = new Reader(words);
        reader.readAll();
        return new SshOptions(
                reader.values, reader.identityFiles, Optional.ofNullable(reader.values.remove("-F")), reader.unknown);
    }

    /** The value of an option, {@code name} in lower case. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Goes through the words once. */
    private static final class Reader {
        private final List<String> words;
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<String> identityFiles = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private int next;

        Reader(List<String> words) {
            this.words = words;
        }

        void readAll() {
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.length() < 2 || word.charAt(0) != '-') {
                    unknown.add(word);
                } else {
                    letters(word);
                }
            }
        }

        /** One word may hold several letters; the first one that takes an argument takes the rest of the word. */
        private void letters(String word) {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                if (FLAGS_WITHOUT_EFFECT.indexOf(letter) >= 0) {
                    continue;
                }
                String rest = word.substring(at + 1);
                if (!takesArgument(letter)) {
                    unknown.add("-" + letter);
                } else if (!rest.isEmpty()) {
                    option(letter, rest);
                    return;
                } else if (next < words.size()) {
                    option(letter, words.get(next++));
                    return;
                } else {
                    unknown.add("-" + letter + " without a value");
                }
            }
        }

        private static boolean takesArgument(char letter) {
            return "BbcDEeFIiJLlmOopQRSWw".indexOf(letter) >= 0;
        }

        private void option(char letter, String argument) {
            if (letter == 'o') {
                keyAndValue(argument);
            } else if (letter == 'F') {
                values.putIfAbsent("-F", argument);
            } else if (LETTERS.containsKey(letter)) {
                set(LETTERS.getOrDefault(letter, ""), argument);
            } else if (letter != 'S') {
                unknown.add("-" + letter + " " + argument);
            }
        }

        /** {@code Key=Value} or {@code Key Value}, as in ssh_config. */
        private void keyAndValue(String text) {
            String[] parts = text.strip().split("\\s*=\\s*|\\s+", 2);
            String key = parts[0].toLowerCase(Locale.ROOT);
            if (parts.length == 2 && HONOURED.contains(key)) {
                set(key, unquoted(parts[1]));
            } else if (!WITHOUT_EFFECT.contains(key)) {
                unknown.add("-o " + text);
            }
        }

        private void set(String key, String value) {
            if (key.equals("identityfile")) {
                identityFiles.add(value);
            } else {
                values.putIfAbsent(key, value);
            }
        }

        private static String unquoted(String value) {
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            return quoted ? value.substring(1, value.length() - 1) : value;
        }
    }
}
