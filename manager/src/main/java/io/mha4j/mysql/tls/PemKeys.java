package io.mha4j.mysql.tls;

import io.mha4j.archive.IoFailure;
import io.mha4j.config.ServerSettings.ClientKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** Certificates and private keys in PEM (RFC 7468), the form that MySQL's own tools write. */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** Version 0 and the algorithm rsaEncryption, which stand before a key of PKCS #1 in one of PKCS #8 (RFC 5208, RFC 8017). */
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LONG_FORM = 0x80;

    private PemKeys() {}

    private record Block(String label, String base64) {
        byte[] content() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /**
     * Shows the certificate and proves it by the key.
     *
     * @throws SSLException if a file cannot be read or holds something else
     */
    static KeyManager[] managers(ClientKey client) throws SSLException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = {};
            store.setKeyEntry(
                    "client",
                    key(client.key()),
                    none,
                    certificates("ssl_cert", client.cert()).toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, none);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw e instanceof SSLException known ? known : new SSLException(e.getMessage(), e);
        }
    }

    /**
     * All certificates in {@code file}, at least one.
     *
     * @throws SSLException if it cannot be read or holds none, naming {@code parameter}
     */
    static List<Certificate> certificates(String parameter, String file) throws SSLException {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(parameter, file)) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new SSLException(parameter + "=" + file + ": is damaged: " + e.getMessage(), e);
        }
        if (chain.isEmpty()) {
            throw new SSLException(parameter + "=" + file + ": holds no certificate in PEM form");
        }
        return chain;
    }

    private static PrivateKey key(String file) throws SSLException {
        for (Block block : blocks("ssl_key", file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(file, content(file, block));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(file, element(SEQUENCE, joined(RSA, element(OCTETS, content(file, block)))));
                }
                default -> {
                    if (block.label().endsWith("PRIVATE KEY")) {
                        throw new SSLException("ssl_key=" + file + ": a key of the form " + block.label()
                                + " cannot be read; convert it: openssl pkcs8 -topk8 -nocrypt -in " + file
                                + " -out NEW");
                    }
                }
            }
        }
        throw new SSLException("ssl_key=" + file + ": holds no private key in PEM form, or one with a passphrase; the"
                + " manager asks nobody: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW");
    }

    private static PrivateKey key(String file, byte[] pkcs8) throws SSLException {
        GeneralSecurityException first = new GeneralSecurityException("no algorithm fits");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                first.addSuppressed(e);
            }
        }
        throw new SSLException("ssl_key=" + file + ": is no key of RSA, EC or Ed25519, or is damaged", first);
    }

    private static byte[] content(String file, Block block) throws SSLException {
        try {
            return block.content();
        } catch (IllegalArgumentException e) {
            throw new SSLException("ssl_key=" + file + ": is damaged: it is not base64", e);
        }
    }

    private static List<Block> blocks(String parameter, String file) throws SSLException {
        try {
            List<Block> blocks = new ArrayList<>();
            Matcher found = BLOCK.matcher(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
            while (found.find()) {
                blocks.add(new Block(found.group(1), found.group(2).replaceAll("\\s", "")));
            }
            return blocks;
        } catch (IOException e) {
            throw new SSLException(parameter + "=" + file + ": cannot be read: " + IoFailure.text(e), e);
        }
    }

    /** A value in DER: its kind, its length, itself (X.690, 8.1). */
    private static byte[] element(int kind, byte[] value) {
        byte[] digits = BigInteger.valueOf(value.length).toByteArray();
        byte[] length = value.length < LONG_FORM ? digits : withoutSign(digits);
        return joined(new byte[] {(byte) kind}, joined(length, value));
    }

    private static byte[] withoutSign(byte[] digits) {
        byte[] shortest = digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits;
        return joined(new byte[] {(byte) (LONG_FORM | shortest.length)}, shortest);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
