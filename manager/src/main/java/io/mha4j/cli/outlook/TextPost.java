package io.mha4j.cli.outlook;

import io.mha4j.cli.command.Machine;
import io.mha4j.config.Application;

/**
 * What is posted to the webhook where there is nothing but words.
 *
 * @param event       what has begun or ended
 * @param application its name
 * @param manager     the host that tells it
 * @param text        one line or many
 */
public record TextPost(String event, String application, String manager, String text) {
    /** From this host. */
    public static TextPost of(Application app, String event, String text) {
        return new TextPost(event, app.name(), Machine.name(), text);
    }
}
