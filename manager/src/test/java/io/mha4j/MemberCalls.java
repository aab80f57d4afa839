package io.mha4j;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The methods that a compiled class refers to, read from its constant pool (Java virtual machine specification,
 * section 4.4); calls by method reference are there too.
 */
final class MemberCalls {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private final String[] texts;
    private final int[] tags;
    private final int[] firsts;
    private final int[] seconds;

    private MemberCalls(int size) {
        texts = new String[size];
        Arrays.fill(texts, "");
        tags = new int[size];
        firsts = new int[size];
        seconds = new int[size];
    }

    /** Methods as {@code java.lang.System.nanoTime()J}. */
    static Set<String> of(Path classFile) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(classFile)))) {
            in.readInt();
            in.readInt();
            MemberCalls pool = new MemberCalls(in.readUnsignedShort());
            pool.read(in);
            return pool.methods();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(DataInputStream in) throws IOException {
        for (int i = 1; i < tags.length; i++) {
            tags[i] = in.readUnsignedByte();
            readEntry(i, in);
            if (tags[i] == LONG || tags[i] == DOUBLE) {
                i++; // the specification lets them take two places
            }
        }
    }

    private void readEntry(int i, DataInputStream in) throws IOException {
        switch (tags[i]) {
            case UTF8 -> texts[i] = in.readUTF();
            case LONG, DOUBLE -> in.readLong();
            case 3, 4 -> in.readInt(); // int, float
            case CLASS, 8, 16, 19, 20 ->
                firsts[i] = in.readUnsignedShort(); // also string, method type, module, package
            case 15 -> in.skipNBytes(3); // method handle: what it points to is an entry of its own
            case 9, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 -> { // also field, dynamic, invoke dynamic
                firsts[i] = in.readUnsignedShort();
                seconds[i] = in.readUnsignedShort();
            }
            default -> throw new IOException("constant " + i + " has the unknown tag " + tags[i]);
        }
    }

    private Set<String> methods() {
        Set<String> methods = new TreeSet<>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == METHOD || tags[i] == INTERFACE_METHOD) {
                String owner = texts[firsts[firsts[i]]].replace('/', '.');
                int signature = seconds[i];
                methods.add(owner + "." + texts[firsts[signature]] + texts[seconds[signature]]);
            }
        }
        return methods;
    }
}
