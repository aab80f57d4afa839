package io.mha4j.settings;

import io.mha4j.config.Findings;
import io.mha4j.config.Origin;
import io.mha4j.config.Parameter;
import io.mha4j.config.Parameters;
import io.mha4j.config.Setting;
import io.mha4j.config.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Passwords that are kept elsewhere: {@code env:NAME} is an environment variable, {@code file:PATH} the first line of a
 * file. A value in quotes is the password itself.
 */
final class SecretReferences {
    private static final String ENV = "env:";
    private static final String FILE = "file:";
    private static final List<Parameter<?>> SECRETS =
            Parameters.ALL.stream().filter(Parameter::isSecret).toList();

    private final Surroundings surroundings;
    private final Findings findings;

    /** Each file is read once however many servers inherit the reference. */
    private final Map<String, Optional<String>> known = new HashMap<>();

    SecretReferences(Surroundings surroundings, Findings findings) {
        this.surroundings = surroundings;
        this.findings = findings;
    }

    /** The same section with the secrets themselves; what cannot be had goes to the findings. */
    Values resolve(Values section) {
        Values resolved = section;
        for (Parameter<?> parameter : SECRETS) {
            Optional<Setting> setting = section.setting(parameter).filter(s -> isReference(s.text()));
            if (setting.isPresent() && setting.get().literal()) {
                findings.warning(
                        setting.get().origin(),
                        parameter + " is in quotes and therefore the password itself; without them it would be "
                                + (setting.get().text().startsWith(ENV)
                                        ? "read from the environment"
                                        : "read from a file"));
            } else if (setting.isPresent()) {
                resolved = resolved.with(parameter, fetched(parameter, setting.get()));
            }
        }
        return resolved;
    }

    private static boolean isReference(String text) {
        return text.startsWith(ENV) || text.startsWith(FILE);
    }

    private Setting fetched(Parameter<?> parameter, Setting setting) {
        String reference = setting.text();
        Optional<String> secret =
                known.computeIfAbsent(reference, r -> fetch(r, parameter + "=" + r + ": ", setting.origin()));
        return new Setting(
                secret.orElse(""), true, new Origin.Derived(setting.origin().text() + ", " + reference));
    }

    private Optional<String> fetch(String reference, String what, Origin at) {
        if (reference.startsWith(ENV)) {
            String name = reference.substring(ENV.length());
            Optional<String> value =
                    Optional.ofNullable(surroundings.environment().get(name));
            if (value.isEmpty()) {
                findings.problem(at, what + "the environment has no such variable; set it or write the password");
            }
            return value.flatMap(text -> nonEmpty(text, what + "the variable is empty", at));
        }
        String path = reference.substring(FILE.length());
        return SmallFile.read(path, why -> findings.problem(at, what + why))
                .map(text -> text.lines().findFirst().orElse(""))
                .flatMap(line -> nonEmpty(line, what + "the first line of the file is empty", at));
    }

    /** One that is being written, or could not be, must not pass for an account without a password. */
    private Optional<String> nonEmpty(String secret, String problem, Origin at) {
        if (secret.isEmpty()) {
            findings.problem(at, problem + "; write the password there");
        }
        return Optional.of(secret).filter(s -> !s.isEmpty());
    }
}
