package io.mha4j.lab.receive;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * A webhook and a mail server on 127.0.0.1, until they are killed: {@code ReceiversMain HTTP_PORT SMTP_PORT FOLDER}. Says
 * {@code ready} when both listen.
 */
public final class ReceiversMain {
    private ReceiversMain() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            throw new LabException("wanted: HTTP_PORT SMTP_PORT FOLDER");
        }
        Path folder = Path.of(args[2]);
        try {
            HookReceiver.start(onLoopback(args[0]), folder);
            MailReceiver.start(onLoopback(args[1]), folder.resolve("smtp.txt"));
        } catch (IOException e) {
            throw new LabException("the receivers did not start", e);
        }
        System.out.println("ready");
    }

    private static InetSocketAddress onLoopback(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
