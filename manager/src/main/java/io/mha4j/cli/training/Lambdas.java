package io.mha4j.cli.training;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Links the lambdas of a class without running its code. The JVM archives the class behind a lambda only if that was made
 * while the archive was recorded, and finds it again by the arguments of {@link LambdaMetafactory}: to call that with what
 * the class file says is as good as to have come by there. Most lambdas of a failover are in code that no training run
 * reaches, and making one anew costs a millisecond.
 */
public final class Lambdas {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String PLAIN = "metafactory";

    private Lambdas() {}

    /** Links all of a class; answers how many. What cannot be linked is left out: it is made when it is needed. */
    public static int link(Class<?> owner) {
        String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        int linked = 0;
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                return 0;
            }
            ConstantPool pool = ConstantPool.read(in);
            linkNest(owner);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            for (ConstantPool.CallSite site : pool.callSites()) {
                ConstantPool.Method by = site.bootstrap();
                if (by.owner().equals(FACTORY) && by.name().equals(PLAIN) && link(lookup, pool, site)) {
                    linked++;
                }
            }
        } catch (IOException | IllegalAccessException e) {
            return linked;
        }
        return linked;
    }

    /**
     * The JVM archives no lambda of a class whose nest host is not linked yet. To ask for members links and does not
     * initialise.
     */
    @SuppressWarnings("ReturnValueIgnored")
    private static void linkNest(Class<?> owner) {
        owner.getNestHost().getDeclaredConstructors();
    }

    private static boolean link(MethodHandles.Lookup lookup, ConstantPool pool, ConstantPool.CallSite site)
            throws IOException {
        ConstantPool.Method method = pool.method(site.arguments().get(1));
        String called = pool.named(site.arguments().get(0));
        String actual = pool.named(site.arguments().get(2));
        ClassLoader loader = lookup.lookupClass().getClassLoader();
        try {
            LambdaMetafactory.metafactory(
                    lookup,
                    site.name(),
                    MethodType.fromMethodDescriptorString(site.descriptor(), loader),
                    MethodType.fromMethodDescriptorString(called, loader),
                    handle(lookup, method),
                    MethodType.fromMethodDescriptorString(actual, loader));
            return true;
        } catch (ReflectiveOperationException | LambdaConversionException | LinkageError | TypeNotPresentException e) {
            return false;
        }
    }

    private static MethodHandle handle(MethodHandles.Lookup lookup, ConstantPool.Method method)
            throws ReflectiveOperationException {
        ClassLoader loader = lookup.lookupClass().getClassLoader();
        Class<?> owner = Class.forName(method.owner().replace('/', '.'), false, loader);
        MethodType type = MethodType.fromMethodDescriptorString(method.descriptor(), loader);
        return switch (method.kind()) {
            case 6 -> lookup.findStatic(owner, method.name(), type);
            case 7 -> lookup.findSpecial(owner, method.name(), type, lookup.lookupClass());
            case 8 -> lookup.findConstructor(owner, type);
            default -> lookup.findVirtual(owner, method.name(), type);
        };
    }
}
