package io.mha4j.lab.server;

import java.nio.file.Path;

/**
 * A kind of server, ready to be started on copies of its initialised data.
 *
 * @param software how to start it
 * @param template a data directory with the lab's accounts and no binary log; never started itself
 */
public record Installation(ServerKind kind, Software software, Path template) {}
