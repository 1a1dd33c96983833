package com.clicknback.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFileTest {
    @TempDir
    private Path around;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void onlyTheOwnerMayEnterItsFolders() throws IOException {
        Path folder = around.resolve("new/data");

        PrivateFile.createFolder(folder);

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwxrwxrwx", "rwx-----x"})
    void closesAFolderThatOthersMayEnter(String open) throws IOException {
        Path folder = Files.createDirectory(around.resolve("data"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));

        PrivateFile.createFolder(folder);

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void leavesAFolderThatIsClosedAsItIs() throws IOException {
        Path folder = Files.createDirectory(around.resolve("data"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));

        PrivateFile.createFolder(folder);

        assertThat(permissions(folder)).isEqualTo("r-x------");
    }

    @Test
    void onlyTheOwnerMayReadItsFilesWhateverStoodThereBefore() throws IOException {
        Path file = Files.writeString(around.resolve("secret"), "old and longer");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(around.resolve("secret.new"), "left by a start that was cut off");

        PrivateFile.write(file, "new");

        assertThat(Files.readString(file)).isEqualTo("new");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(around.resolve("secret.new")).doesNotExist();
    }
}
