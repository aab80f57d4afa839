package io.mha4j.cli.training;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Does once what logins by SSH and to servers do with the JVM's algorithms, so that an archive of classes holds those. */
public final class TrainingCiphers {
    private static final int BLOCK = 16;
    private static final int NONCE = 12;

    /** Kinds of keys with the signatures made with them. */
    private static final Map<String, String> SIGNATURES =
            Map.of("Ed25519", "Ed25519", "EC", "SHA256withECDSA", "RSA", "SHA512withRSA");

    private TrainingCiphers() {}

    /** What this JVM lacks is left out: logins would do without it too. */
    public static void use() {
        SIGNATURES.forEach((kind, signature) -> attempt(() -> sign(kind, signature)));
        attempt(() -> rebuild("Ed25519", EdECPublicKeySpec.class, EdECPrivateKeySpec.class));
        attempt(() -> rebuild("X25519", XECPublicKeySpec.class, XECPrivateKeySpec.class));
        attempt(() -> agree("X25519", "X25519"));
        attempt(() -> agree("EC", "ECDH"));
        attempt(() -> encrypt("AES/CTR/NoPadding", new IvParameterSpec(new byte[BLOCK])));
        attempt(() -> encrypt("AES/GCM/NoPadding", new GCMParameterSpec(Byte.SIZE * BLOCK, new byte[NONCE])));
        for (String mac : new String[] {"HmacSHA1", "HmacSHA256", "HmacSHA512"}) {
            attempt(() -> authenticate(mac));
        }
        for (String digest : new String[] {"MD5", "SHA-1", "SHA-256", "SHA-512"}) {
            attempt(() -> MessageDigest.getInstance(digest).digest(new byte[BLOCK]));
        }
    }

    /** The usual ones only, for a process that is about to log in by SSH. */
    public static void useUsual() {
        attempt(() -> agree("X25519", "X25519"));
        attempt(() -> sign("Ed25519", "Ed25519"));
        attempt(() -> encrypt("AES/GCM/NoPadding", new GCMParameterSpec(Byte.SIZE * BLOCK, new byte[NONCE])));
        attempt(() -> MessageDigest.getInstance("SHA-256").digest(new byte[BLOCK]));
    }

    private static void sign(String kind, String algorithm) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.verify(signed);
    }

    /** As keys are that come out of files and from the other side. */
    private static void rebuild(String kind, Class<? extends KeySpec> publicSpec, Class<? extends KeySpec> privateSpec)
            throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
        KeyFactory factory = KeyFactory.getInstance(kind);
        factory.generatePublic(factory.getKeySpec(pair.getPublic(), publicSpec));
        factory.generatePrivate(factory.getKeySpec(pair.getPrivate(), privateSpec));
        factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
        factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
    }

    private static void agree(String kind, String algorithm) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance(kind);
        PublicKey other = keys.generateKeyPair().getPublic();
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
        agreement.init(keys.generateKeyPair().getPrivate());
        agreement.doPhase(other, true);
        agreement.generateSecret();
    }

    private static void encrypt(String transformation, AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(new byte[BLOCK], "AES");
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        byte[] encrypted = cipher.doFinal(new byte[BLOCK]);
        Cipher back = Cipher.getInstance(transformation);
        back.init(Cipher.DECRYPT_MODE, key, parameters);
        back.doFinal(encrypted);
    }

    private static void authenticate(String algorithm) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(new byte[BLOCK], algorithm));
        mac.doFinal(new byte[BLOCK]);
    }

    /** One use of an algorithm. */
    private interface Use {
        void run() throws GeneralSecurityException;
    }

    private static void attempt(Use use) {
        try {
            use.run();
        } catch (GeneralSecurityException e) {
            // Its classes are loaded when somebody needs them.
        }
    }
}
