package com.clicknback.platform.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clicknback.platform.contract.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All files that pages are made of: the console's own, and the libraries that they import by name. */
final class Assets {
    private static final String FOLDER = "/console";
    private static final int DIGITS_OF_DIGEST = 16;

    /** The libraries by the name under which modules import them: Maven's coordinates, and the file inside the jar. */
    private static final Map<String, Library> LIBRARIES = Map.of(
            "preact", Library.webjar("preact", "dist/preact.module.js"),
            "preact/hooks", Library.webjar("preact", "hooks/dist/hooks.module.js"),
            "htm", new Library("org.mvnpm", "htm", "META-INF/resources/_static/htm/%s/dist/htm.module.js"));

    private record Library(String group, String artifact, String file) {
        static Library webjar(String artifact, String file) {
            return new Library("org.webjars.npm", artifact, "META-INF/resources/webjars/" + artifact + "/%s/" + file);
        }

        byte[] read() {
            String path = "/" + file.formatted(Versions.ofArtifact(group, artifact));
            try (InputStream in = Assets.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("not packaged: " + path);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final SortedMap<String, Asset> files;
    private final SortedMap<String, String> libraries;
    private final String digest;

    private Assets(SortedMap<String, Asset> files, SortedMap<String, String> libraries) {
        this.files = files;
        this.libraries = libraries;
        this.digest = digest(files);
    }

    /** Reads everything that is packaged; blocking, once, before anything is served. */
    static Assets load() {
        SortedMap<String, Asset> files = new TreeMap<>();
        SortedMap<String, String> libraries = new TreeMap<>();
        readFolder(files);
        LIBRARIES.forEach((name, library) -> {
            String file = "lib/" + name.replace('/', '-') + ".js";
            files.put(file, Asset.of(file, library.read()));
            libraries.put(name, file);
        });
        return new Assets(files, libraries);
    }

    @Nullable
    Asset find(String file) {
        return files.get(file);
    }

    SortedMap<String, Asset> files() {
        return files;
    }

    /** The file of each library by the name that modules import it under. */
    SortedMap<String, String> libraries() {
        return libraries;
    }

    /** Changes with any byte of any file. */
    String digest() {
        return digest;
    }

    private static void readFolder(Map<String, Asset> files) {
        URL folder = Assets.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("not packaged: " + FOLDER);
        }
        try {
            URI place = folder.toURI();
            if ("jar".equals(place.getScheme())) {
                try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                    readAll(jar.getPath(FOLDER), files);
                }
            } else {
                readAll(Path.of(place), files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readAll(Path folder, Map<String, Asset> files) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, Asset.of(name, Files.readAllBytes(file)));
            }
        }
    }

    private static String digest(Map<String, Asset> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, asset) -> {
                digest.update(name.getBytes(UTF_8));
                digest.update(asset.plain().getBytes());
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS_OF_DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
