package com.clicknback.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** An authority of a test's own and the certificates that it signs, made with openssl as PEM files in a folder. */
public final class Certificates {
    private final Path folder;

    /** Makes the authority. */
    public Certificates(Path folder) {
        this.folder = folder;
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
    }

    /** The certificate that its own are signed with. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Signs a certificate for a host, or for a role of a database; it lies beside its key. */
    public Path sign(String name) {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=%s -addext subjectAltName=DNS:%s -keyout %s.key -out %s.csr"
                .replace("%s", name));
        openssl(
                "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out %s.crt"
                        .replace("%s", name));
        return folder.resolve(name + ".crt");
    }

    /** The key of a signed certificate, in PKCS #8. */
    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private void openssl(String arguments) {
        try {
            Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.txt").toFile())
                    .start();
            assertThat(process.waitFor()).as(arguments).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
