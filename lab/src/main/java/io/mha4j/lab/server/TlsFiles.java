package io.mha4j.lab.server;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.base.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A self-signed certificate and its key as PEM files in a data directory, for servers that bring none. */
final class TlsFiles {
    /** File names, relative to the data directory. */
    static final String CERTIFICATE = "lab-cert.pem";

    static final String KEY = "lab-key.pem";

    /** Guards a store that exists for a moment only. */
    private static final String PASSWORD = "momentary";

    private TlsFiles() {}

    /** Makes both files in {@code data} with Java's own tool. */
    static void make(Path data) {
        Path store = data.resolve("momentary.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Programs.within(Duration.ofMinutes(1))
                .run(
                        data,
                        List.of(
                                keytool.toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                "lab",
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "36500",
                                "-dname",
                                "CN=mha4j-lab"));
        export(store, data);
        Folders.delete(store);
    }

    private static void export(Path store, Path data) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] key = Objects.requireNonNull(keys.getKey("lab", PASSWORD.toCharArray()))
                    .getEncoded();
            byte[] certificate =
                    Objects.requireNonNull(keys.getCertificate("lab")).getEncoded();
            Folders.write(data.resolve(KEY), pem("PRIVATE KEY", key));
            Folders.write(data.resolve(CERTIFICATE), pem("CERTIFICATE", certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw new LabException("cannot export the lab's certificate: " + e.getMessage(), e);
        }
    }

    private static String pem(String what, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what);
    }
}
