package io.mha4j.cli.rescue;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.ArchiveName;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.ConfigOptions;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import io.mha4j.cli.command.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code masterha archive}: what was rescued, and whether it is still what it was. */
public final class ArchiveCommand implements Command {
    private static final Option<Optional<String>> CONF =
            Option.text("conf", "file", "Configuration file of the application, for its manager_workdir.");
    private static final Option<Optional<String>> WORKDIR = Option.text(
                    "manager_workdir", "directory", "Directory of the archives. Default: that of the configuration.")
            .orAs("workdir");
    private static final Option<Boolean> JSON =
            Option.flag("json", "Print JSON instead of text.").beyondMha();

    private static final int WRONG = 1;

    @Override
    public List<Option<?>> options() {
        return List.of(CONF, ConfigOptions.GLOBAL_CONF, WORKDIR, JSON);
    }

    @Override
    public Optional<String> operands() {
        return Optional.of("list | show [name] | verify [name] | delete name");
    }

    @Override
    public int run(Options options, Terminal terminal) {
        List<String> words = options.operands();
        String verb = words.isEmpty() ? "list" : words.get(0);
        List<String> names = words.isEmpty() ? words : words.subList(1, words.size());
        ArchiveStore store = new ArchiveStore(directory(options));
        return switch (verb) {
            case "list" -> list(store, options.get(JSON), terminal);
            case "show" -> show(chosen(store, names), options.get(JSON), terminal);
            case "verify" -> verify(chosen(store, names), terminal);
            case "delete" -> delete(store, names, terminal);
            default -> throw new UsageException("archive " + verb + ": one of list, show, verify, delete is needed");
        };
    }

    private static Path directory(Options options) {
        return Path.of(options.get(WORKDIR).orElseGet(() -> ConfigOptions.load(ConfigOptions.files(
                        options.get(CONF).orElseThrow(() -> new UsageException("--conf=<file> must be set.")), options))
                .application()
                .workdir()));
    }

    private static int list(ArchiveStore store, boolean json, Terminal terminal) {
        List<Archive> readable = store.readable();
        terminal.out().print(json ? ArchiveText.json(readable) : ArchiveText.table(readable));
        if (!json) {
            store.outlasted().forEach(name -> terminal.out()
                    .println(name.description()
                            + ": expired; what is noted of the slaves that were given its events counts still"));
        }
        List<Path> read = readable.stream().map(Archive::description).toList();
        List<ArchiveName> broken = store.names().stream()
                .filter(name -> !read.contains(name.description()))
                .toList();
        broken.forEach(name -> terminal.err().println(whatIsWrong(name)));
        return broken.isEmpty() ? 0 : WRONG;
    }

    private static String whatIsWrong(ArchiveName name) {
        try {
            return Archive.read(name.description()).description() + ": came while the others were listed";
        } catch (ArchiveException e) {
            return e.getMessage();
        }
    }

    private static int show(List<ArchiveName> names, boolean json, Terminal terminal) {
        List<Archive> archives =
                names.stream().map(name -> Archive.read(name.description())).toList();
        if (json) {
            terminal.out().print(ArchiveText.json(archives));
        } else {
            archives.forEach(archive -> terminal.out().print(ArchiveText.page(archive)));
        }
        return 0;
    }

    private static int verify(List<ArchiveName> names, Terminal terminal) {
        int status = 0;
        for (ArchiveName name : names) {
            Archive archive = Archive.read(name.description());
            List<String> problems = archive.verify();
            problems.forEach(terminal.out()::println);
            if (problems.isEmpty()) {
                terminal.out()
                        .printf(
                                "%s: good: %d transactions, %d events, %d bytes from %s to %s%n",
                                archive.description(),
                                archive.transactions(),
                                archive.events(),
                                archive.bytes(),
                                archive.start(),
                                archive.end());
            } else {
                status = WRONG;
            }
        }
        return status;
    }

    private static int delete(ArchiveStore store, List<String> names, Terminal terminal) {
        if (names.isEmpty()) {
            throw new UsageException("archive delete needs the name of the archive; archive list tells the names");
        }
        List<ArchiveName> all = Stream.concat(store.names().stream(), store.outlasted().stream())
                .toList();
        for (ArchiveName name :
                names.stream().flatMap(word -> matching(all, word).stream()).toList()) {
            boolean expired = !Files.exists(name.description());
            store.delete(name);
            terminal.out()
                    .println("Deleted " + (expired ? "the notes of " : "") + name.description()
                            + (expired ? "." : " and its pieces."));
        }
        return 0;
    }

    /** Those that are named by their file, by its name or by its time; all of them if none is named. */
    private static List<ArchiveName> chosen(ArchiveStore store, List<String> words) {
        List<ArchiveName> all = store.names();
        if (words.isEmpty()) {
            return all;
        }
        return words.stream().flatMap(word -> matching(all, word).stream()).toList();
    }

    private static List<ArchiveName> matching(List<ArchiveName> all, String word) {
        List<ArchiveName> found = all.stream()
                .filter(name -> name.time().equals(word)
                        || name.description().toString().equals(word)
                        || name.description().getFileName().toString().equals(word))
                .toList();
        if (found.isEmpty()) {
            throw new UsageException("there is no archive " + word + "; archive list tells the names");
        }
        return found;
    }
}
