package io.mha4j.report.notice;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.Sleeper;
import io.mha4j.base.Ticks;
import io.mha4j.config.report.ReportSettings;
import io.mha4j.report.EventLog;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sends to whom an application names: letters to {@code mail_to}, JSON to {@code webhook_url}. What fails is logged, and keeps
 * nothing else from being sent.
 *
 * @param machine name of this host, as letters give it
 */
public record Notices(ReportSettings to, String machine, EventLog log, Time time) {
    /** How time passes. */
    public record Time(Ticks ticks, Sleeper sleeper) {}

    /**
     * Sends a letter, if anybody is to get one.
     *
     * @param what  it is, for the log, such as {@code The report}
     * @param limit longest time that it may take
     * @return whether it got out
     */
    public boolean mail(String what, Letter letter, Duration limit) {
        return to.mail().map(mail -> mailed(what, letter, mail, limit)).orElse(false);
    }

    private boolean mailed(String what, Letter letter, ReportSettings.Mail mail, Duration limit) {
        Mailer mailer = new Mailer(mail, machine);
        return sent("The mail by " + mailer.shown(), limit, deadline -> {
            mailer.send(letter, deadline);
            log.info("{} was mailed to {}", what, String.join(", ", mail.to()));
        });
    }

    /** Posts to the webhook, if there is one. Answers whether it got out. */
    public boolean post(String what, String json, Duration limit) {
        return to.webhook()
                .map(url -> sent("webhook_url", limit, deadline -> {
                    Webhook webhook = new Webhook(url, time.sleeper());
                    webhook.post(json, deadline);
                    log.info("{} was posted to {}", what, webhook.shown());
                }))
                .orElse(false);
    }

    private boolean sent(String what, Duration limit, Consumer<Deadline> way) {
        try {
            way.accept(Deadline.in(limit, time.ticks()));
            return true;
        } catch (InterruptedWork e) {
            log.warning("{} was ended, because this program was told to end", what);
        } catch (MhaException e) {
            log.warning("{} failed: {}", what, e.getMessage());
        } catch (RuntimeException e) {
            // The Java library's own, as without file descriptors or with an unreadable trust store. Its words may hold
            // an address
            // that is secret.
            log.warning("{} failed: {}", what, e.getClass().getName());
        }
        return false;
    }
}
