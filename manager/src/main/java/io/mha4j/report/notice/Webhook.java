package io.mha4j.report.notice;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import io.mha4j.base.Secret;
import io.mha4j.base.Sleeper;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that takes JSON by POST. Tried twice where a second try can help: no answer, a server's own trouble (5xx), too
 * many requests (429). Redirects are not followed. Starts threads of the JDK's client, which do not keep the process alive.
 */
public final class Webhook {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Pattern WITH_LOGIN = Pattern.compile("(https?://)([^/?#@]*)@(.*)");
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI address;
    private final Optional<Secret> login;
    private final Sleeper sleeper;

    /**
     * @param url {@code http} or {@code https}, perhaps with {@code USER:PASSWORD@} before the host, %XX for special characters
     * @throws NoticeException if it is no such address
     */
    public Webhook(Secret url, Sleeper sleeper) {
        Matcher parts = WITH_LOGIN.matcher(url.reveal());
        this.login = parts.matches()
                ? Optional.of(new Secret(URLDecoder.decode(parts.group(2).replace("+", "%2B"), StandardCharsets.UTF_8)))
                : Optional.empty();
        this.address = address(parts.matches() ? parts.group(1) + parts.group(3) : url.reveal());
        this.sleeper = sleeper;
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // its message holds the address
        }
        throw new NoticeException("webhook_url is no http address");
    }

    /** Scheme, host and port; the rest may hold a token. */
    public String shown() {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /**
     * Posts the text.
     *
     * @throws NoticeException if nobody took it by the deadline
     * @throws InterruptedWork if the thread is told to end
     */
    public void post(String json, Deadline deadline) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .build();
        try {
            // The first try must leave time for the second.
            Answer first =
                    tried(client, json, deadline.atMost(deadline.remaining().dividedBy(2)));
            Answer last = first;
            if (first.mayChange() && !deadline.isOver()) {
                sleeper.sleep(
                        PAUSE.compareTo(deadline.remaining().dividedBy(2)) < 0
                                ? PAUSE
                                : deadline.remaining().dividedBy(2));
                last = tried(client, json, deadline);
            }
            if (!last.taken()) {
                throw new NoticeException(last.sentence());
            }
        } catch (InterruptedException e) {
            throw InterruptedWork.during("posting to the webhook", e);
        }
    }

    /** @param mayChange whether trying again makes sense */
    private record Answer(boolean taken, boolean mayChange, String sentence) {
        static Answer of(int status) {
            boolean taken = status >= 200 && status < 300;
            return new Answer(taken, status >= 500 || status == TOO_MANY_REQUESTS, "it answered with status " + status);
        }

        static Answer none(String why) {
            return new Answer(false, true, why);
        }
    }

    private Answer tried(HttpClient client, String json, Deadline deadline) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request(json), BodyHandlers.discarding());
        try {
            return Answer.of(answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode());
        } catch (TimeoutException e) {
            return Answer.none("it did not answer in time");
        } catch (ExecutionException e) {
            return Answer.none(words(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        login.ifPresent(secret -> request.header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8))));
        return request.build();
    }

    /** The client's exceptions often have no message of their own. */
    private static String words(Throwable why) {
        String message = why.getMessage();
        return why.getClass().getSimpleName() + (message == null || message.isBlank() ? "" : ": " + message);
    }
}
