package io.mha4j.cli.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a class file that tell which lambdas it makes; after The Java Virtual Machine Specification, Java SE 17
 * Edition, chapter 4.
 */
final class ConstantPool {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int VERSIONS = 4;
    private static final byte INVOKEDYNAMIC = (byte) 0xBA;

    /** One constant: what it holds, by its tag; numbers are indexes of other constants. */
    private sealed interface Constant {
        /** Text. */
        record Text(String text) implements Constant {}

        /** A class, a string, a method type: the index of a text. */
        record Named(int text) implements Constant {}

        /** A member of a class, a name with its type, a dynamic call. */
        record Pair(int first, int second) implements Constant {}

        /** A call site that is linked when it is first reached. */
        record Dynamic(int bootstrap, int nameAndType) implements Constant {}

        /** A method with the way it is called. */
        record Handle(int kind, int member) implements Constant {}
    }

    /** A method: its class in internal form, its name, its descriptor, and the kind of reference (JVMS 5.4.3.5). */
    record Method(int kind, String owner, String name, String descriptor) {}

    /** A call site: the method of its interface, its own descriptor, who links it and with which arguments. */
    record CallSite(String name, String descriptor, Method bootstrap, List<Integer> arguments) {}

    private record Bootstrap(int method, List<Integer> arguments) {}

    private final @Nullable Constant[] constants;

    /** How often the code calls each constant. */
    private final int[] calls;

    private final List<Bootstrap> bootstraps = new ArrayList<>();

    private ConstantPool(int size) {
        constants = new Constant[size];
        calls = new int[size];
    }

    /**
     * Reads a class file to its end.
     *
     * @throws IOException if it cannot be read or is none
     */
    static ConstantPool read(InputStream file) throws IOException {
        DataInputStream in = new DataInputStream(file);
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file");
        }
        in.skipNBytes(VERSIONS);
        ConstantPool pool = new ConstantPool(in.readUnsignedShort());
        pool.readConstants(in);
        pool.readRest(in);
        return pool;
    }

    private void readConstants(DataInputStream in) throws IOException {
        for (int i = 1; i < constants.length; i++) {
            int tag = in.readUnsignedByte();
            constants[i] = constant(tag, in);
            if (tag == 5 || tag == 6) {
                i++;
            }
        }
    }

    private static @Nullable Constant constant(int tag, DataInputStream in) throws IOException {
        return switch (tag) {
            case 1 -> new Constant.Text(in.readUTF());
            case 7, 8, 16, 19, 20 -> new Constant.Named(in.readUnsignedShort());
            case 9, 10, 11, 12 -> new Constant.Pair(in.readUnsignedShort(), in.readUnsignedShort());
            case 15 -> new Constant.Handle(in.readUnsignedByte(), in.readUnsignedShort());
            case 17, 18 -> new Constant.Dynamic(in.readUnsignedShort(), in.readUnsignedShort());
            case 3, 4 -> skipped(in, Integer.BYTES);
            case 5, 6 -> skipped(in, Long.BYTES);
            default -> throw new IOException("a constant of the unknown kind " + tag);
        };
    }

    private static @Nullable Constant skipped(DataInputStream in, int bytes) throws IOException {
        in.skipNBytes(bytes);
        return null;
    }

    private void readRest(DataInputStream in) throws IOException {
        in.skipNBytes(3L * Short.BYTES);
        in.skipNBytes((long) Short.BYTES * in.readUnsignedShort());
        for (int members = 0; members < 2; members++) {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                in.skipNBytes(3L * Short.BYTES);
                readAttributes(in);
            }
        }
        readAttributes(in);
    }

    private void readAttributes(DataInputStream in) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String name = text(in.readUnsignedShort());
            long length = Integer.toUnsignedLong(in.readInt());
            if (name.equals("BootstrapMethods")) {
                readBootstraps(in);
            } else if (name.equals("Code")) {
                countCalls(in.readNBytes((int) length));
            } else {
                in.skipNBytes(length);
            }
        }
    }

    /**
     * By the bytes of the instruction alone: other instructions' operands may look like one, which makes a call too many and
     * never one too few.
     */
    private void countCalls(byte[] code) {
        for (int i = 0; i + 4 < code.length; i++) {
            if (code[i] == INVOKEDYNAMIC && code[i + 3] == 0 && code[i + 4] == 0) {
                int index = Byte.toUnsignedInt(code[i + 1]) << Byte.SIZE | Byte.toUnsignedInt(code[i + 2]);
                if (index < constants.length && constants[index] instanceof Constant.Dynamic) {
                    calls[index]++;
                }
            }
        }
    }

    private void readBootstraps(DataInputStream in) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int method = in.readUnsignedShort();
            List<Integer> arguments = new ArrayList<>();
            for (int more = in.readUnsignedShort(); more > 0; more--) {
                arguments.add(in.readUnsignedShort());
            }
            bootstraps.add(new Bootstrap(method, arguments));
        }
    }

    /** All of the class, each as often as the code has it: the JVM makes a class for every one, alike or not. */
    List<CallSite> callSites() throws IOException {
        List<CallSite> sites = new ArrayList<>();
        for (int i = 1; i < constants.length; i++) {
            if (constants[i] instanceof Constant.Dynamic dynamic && dynamic.bootstrap() < bootstraps.size()) {
                Bootstrap bootstrap = bootstraps.get(dynamic.bootstrap());
                Constant.Pair named = pair(dynamic.nameAndType());
                CallSite site = new CallSite(
                        text(named.first()), text(named.second()), method(bootstrap.method()), bootstrap.arguments());
                sites.addAll(Collections.nCopies(calls[i], site));
            }
        }
        return sites;
    }

    /** The method handle at an index. */
    Method method(int index) throws IOException {
        if (!(constants[index] instanceof Constant.Handle handle)) {
            throw new IOException("constant " + index + " is no method handle");
        }
        Constant.Pair member = pair(handle.member());
        Constant.Pair named = pair(member.second());
        return new Method(handle.kind(), named(member.first()), text(named.first()), text(named.second()));
    }

    /** The text that the class or method type at an index is named by. */
    String named(int index) throws IOException {
        if (constants[index] instanceof Constant.Named named) {
            return text(named.text());
        }
        throw new IOException("constant " + index + " has no name");
    }

    private Constant.Pair pair(int index) throws IOException {
        if (constants[index] instanceof Constant.Pair pair) {
            return pair;
        }
        throw new IOException("constant " + index + " is no pair");
    }

    private String text(int index) throws IOException {
        if (constants[index] instanceof Constant.Text text) {
            return text.text();
        }
        throw new IOException("constant " + index + " is no text");
    }
}
