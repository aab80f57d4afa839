package io.mha4j.lab.probe;

import io.mha4j.base.MhaException;
import io.mha4j.mysql.MysqlException;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Prints each check with its time and counts the failed ones. */
final class Checks {
    private final PrintStream out;
    private int passed;
    private int failed;

    Checks(PrintStream out) {
        this.out = out;
    }

    /** Does something that must succeed; false if it did not. */
    boolean does(String name, Runnable work) {
        return holds(name, () -> {
            work.run();
            return true;
        });
    }

    boolean holds(String name, BooleanSupplier truth) {
        long start = System.nanoTime();
        String why = "";
        boolean ok = false;
        try {
            ok = truth.getAsBoolean();
        } catch (MhaException | IllegalStateException | IllegalArgumentException e) {
            why = ": " + e + (e.getCause() == null ? "" : " <- " + e.getCause().getMessage());
        }
        say(ok, name, why, start);
        return ok;
    }

    boolean same(String name, Object expected, Supplier<?> found) {
        long start = System.nanoTime();
        Object got;
        try {
            got = found.get();
        } catch (MhaException | IllegalStateException | IllegalArgumentException e) {
            got = e;
        }
        boolean ok = expected.equals(got);
        say(ok, name, ok ? "" : ": expected " + expected + ", found " + got, start);
        return ok;
    }

    /** Does something that must fail in this way, within this time; answers the failure's text. */
    String refuses(String name, MysqlException.Kind kind, int code, double seconds, Runnable work) {
        long start = System.nanoTime();
        String found = "no failure";
        boolean ok = false;
        try {
            work.run();
        } catch (MysqlException e) {
            ok = e.kind() == kind && (code < 0 || e.errorCode() == code);
            found = e.kind() + " " + e.errorCode() + " " + e.getMessage();
        }
        double took = (System.nanoTime() - start) / 1e9;
        say(ok && took <= seconds, name, ": " + found, start);
        return found;
    }

    void note(String text) {
        out.println("        " + text);
    }

    private void say(boolean ok, String name, String why, long start) {
        if (ok) {
            passed++;
        } else {
            failed++;
        }
        out.printf("%-6s %6.0f ms  %s%s%n", ok ? "ok" : "FAILED", (System.nanoTime() - start) / 1e6, name, why);
    }

    int failed() {
        return failed;
    }

    String summary() {
        return passed + " passed, " + failed + " failed";
    }
}
