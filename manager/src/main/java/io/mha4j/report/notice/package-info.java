/**
 * Telling the world without a script: a POST to a webhook, a mail over SMTP. Every call comes back by its deadline and says
 * in one sentence what failed, without the webhook's address and without a password.
 *
 * <p>Hides the HTTP client and the mail library, whose classes are loaded with the first call. May use {@code base} and
 * {@code config}.
 */
@NullMarked
package io.mha4j.report.notice;

import org.jspecify.annotations.NullMarked;
