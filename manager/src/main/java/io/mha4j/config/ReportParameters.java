package io.mha4j.config;

import static io.mha4j.config.Parameter.Group.REPORTS;
import static io.mha4j.config.Parameter.Scope.APPLICATION;

import io.mha4j.base.Secret;
import io.mha4j.config.report.ReportSettings;
import io.mha4j.config.report.ReportSettings.Login;
import io.mha4j.config.report.ReportSettings.Mail;
import io.mha4j.config.report.ReportSettings.Smtp;
import io.mha4j.config.report.ReportSettings.SmtpTls;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parameters that say who is told how a failover ended, besides {@code report_script}; MHA has none of them. */
public final class ReportParameters {
    public static final Parameter<Secret> WEBHOOK_URL = Parameter.of(
                    "webhook_url",
                    ValueType.password(),
                    REPORTS,
                    "http or https address that the incident of a failover is posted to, as JSON. Never shown; `env:NAME` and"
                            + " `file:PATH` take it from elsewhere.")
            .in(APPLICATION)
            .whenAbsent("nothing is posted");

    public static final Parameter<List<String>> MAIL_TO = Parameter.of(
                    "mail_to", ValueType.addresses(), REPORTS, "Who gets a mail when a failover has ended.")
            .in(APPLICATION)
            .whenAbsent("no mail is sent");

    public static final Parameter<String> MAIL_FROM = Parameter.of(
                    "mail_from", ValueType.address(), REPORTS, "Sender of that mail.")
            .in(APPLICATION)
            .whenAbsent("the first address of mail_to");

    public static final Parameter<String> SMTP_HOST = Parameter.of(
                    "smtp_host", ValueType.host(), REPORTS, "Mail server that takes it.")
            .in(APPLICATION)
            .defaultingTo("localhost");

    public static final Parameter<Integer> SMTP_PORT = Parameter.of(
                    "smtp_port", ValueType.port(), REPORTS, "Port of the mail server.")
            .in(APPLICATION)
            .whenAbsent("25; 587 with smtp_tls=starttls, 465 with smtp_tls=tls");

    public static final Parameter<String> SMTP_USER = Parameter.of(
                    "smtp_user", ValueType.word("account"), REPORTS, "Account at the mail server.")
            .in(APPLICATION)
            .whenAbsent("the manager does not log in");

    public static final Parameter<Secret> SMTP_PASSWORD = Parameter.of(
                    "smtp_password",
                    ValueType.password(),
                    REPORTS,
                    "Password of that account; `env:NAME` and `file:PATH` take it from elsewhere.")
            .in(APPLICATION)
            .whenAbsent("the manager does not log in");

    public static final Parameter<SmtpTls> SMTP_TLS = Parameter.of(
                    "smtp_tls",
                    ValueType.choice(SmtpTls.class),
                    REPORTS,
                    "off: the mail server is spoken to in clear text; starttls: encrypted after its greeting, or not at all;"
                            + " tls: from the beginning. Its certificate must name smtp_host.")
            .in(APPLICATION)
            .defaultingTo("off");

    public static final Parameter<String> ALARM_SCRIPT = Parameter.of(
                    "alarm_script",
                    ValueType.command(),
                    REPORTS,
                    "Told of what is wrong beside a failover, with `--conf`, `--subject` and `--body` as `report_script` is.")
            .in(APPLICATION)
            .whenAbsent("not run");

    /** All of them, in the order of the reference page. */
    static final List<Parameter<?>> ALL = List.of(
            ALARM_SCRIPT, WEBHOOK_URL, MAIL_TO, MAIL_FROM, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_TLS);

    /** Every character that {@code java.net.URI} takes in a path or a query; the part before an at sign is cut off first. */
    private static final Pattern URL = Pattern.compile("https?://([^\\s/?#@]+@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
            + "(:[0-9]{1,4}|:[1-5][0-9]{4})?([/?](%[0-9A-Fa-f]{2}|[-!$&'()*+,/:;=?@~\\w.])*+)?");

    private static final List<String> THIS_HOST = List.of("localhost", "127.0.0.1", "::1");

    private ReportParameters() {}

    /** Notes what cannot work; call it when secrets that are kept elsewhere are filled in. */
    static void check(Values application, Findings findings) {
        application
                .setting(WEBHOOK_URL)
                .filter(url -> !url.text().isEmpty() && !URL.matcher(url.text()).matches())
                .ifPresent(url -> findings.problem(
                        url.origin(),
                        "webhook_url=***: must be http://HOST/PATH or https://HOST/PATH, with USER:PASSWORD@ before HOST if"
                                + " needed, other characters written as %XX"));
        Optional<String> user = application.find(SMTP_USER);
        Optional<Secret> password = application.find(SMTP_PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            findings.problem(
                    application
                            .setting(user.isPresent() ? SMTP_USER : SMTP_PASSWORD)
                            .orElseThrow()
                            .origin(),
                    user.isPresent() ? "smtp_user has no smtp_password" : "smtp_password has no smtp_user");
        } else if (user.isPresent()
                && application.get(SMTP_TLS) == SmtpTls.OFF
                && !THIS_HOST.contains(application.get(SMTP_HOST))) {
            findings.warning(
                    application.setting(SMTP_USER).orElseThrow().origin(),
                    "smtp_password goes through the network in clear text with smtp_tls=off");
        }
    }

    static ReportSettings settings(Values application) {
        return new ReportSettings(
                application.find(WEBHOOK_URL),
                application
                        .find(MAIL_TO)
                        .map(to -> new Mail(to, application.find(MAIL_FROM).orElse(to.get(0)), smtp(application))),
                application.find(ALARM_SCRIPT));
    }

    private static Smtp smtp(Values application) {
        SmtpTls tls = application.get(SMTP_TLS);
        Optional<Login> login = application
                .find(SMTP_USER)
                .flatMap(user -> application.find(SMTP_PASSWORD).map(password -> new Login(user, password)));
        return new Smtp(application.get(SMTP_HOST), application.find(SMTP_PORT).orElse(tls.usualPort()), tls, login);
    }
}
