package com.clicknback.platform.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of packaged libraries, from the metadata that Maven puts into their jars. */
public final class Versions {
    private Versions() {}

    public static String ofArtifact(String group, String artifact) {
        String file = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
        try (InputStream in = Versions.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + file);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
