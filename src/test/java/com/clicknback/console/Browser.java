package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Debian;
import com.clicknback.testing.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;

/** A person at a browser: sees text, uses labels, waits for what appears, never for a time. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /** More stops than a screen has on the way to its last action. */
    private static final int TABS_MAX = 100;

    private static final Dimension DESK = new Dimension(1440, 900);
    private static final Dimension PHONE = new Dimension(360, 800);

    private final String url;
    private final ChromeDriver driver;
    private final Axe axe;

    /** Skips the tests of a class where no browser is, but fails where everything must be there. */
    static void require() {
        Debian.require(CHROMIUM, "chromium");
        Debian.require(DRIVER, "chromium-driver");
    }

    Browser(String url) {
        this.url = url.replace("127.0.0.1", "localhost");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB");
        this.driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        this.axe = new Axe(driver);
        driver.manage().window().setSize(DESK);
    }

    /** Pages that are opened from now on take the time from this clock, as on a machine whose clock is right. */
    void keepsTimeOf(Clock clock) {
        long ahead = clock.millis() - System.currentTimeMillis();
        driver.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "{ const now = Date.now; Date.now = () => now() + " + ahead + "; }"));
    }

    /** Downloads go to this folder from now on. */
    void savesTo(Path folder) {
        String path = folder.toAbsolutePath().toString();
        driver.executeCdpCommand("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", path));
    }

    /** Waits until a file is saved as a whole, and reads it. */
    String saved(Path file) {
        waitFor("the file " + file, () -> Files.exists(file));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages that are opened from now on find a browser of this language. */
    void speaks(String locale) {
        driver.executeCdpCommand("Emulation.setLocaleOverride", Map.of("locale", locale));
    }

    /** Pulls the cable out, or puts it in again. */
    void offline(boolean pulled) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", pulled, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Requests to these addresses fail from now on; none of them: all go through again. */
    void blocks(String... urls) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(urls)));
    }

    void onPhone() {
        driver.manage().window().setSize(PHONE);
    }

    void open(String path) {
        driver.get(url + path);
    }

    /** Opens a path in a tab of its own; returns the handle of the tab before. */
    String openTab(String path) {
        String before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        open(path);
        return before;
    }

    /** Closes the present tab and goes to another one. */
    void toTab(String handle) {
        driver.close();
        driver.switchTo().window(handle);
    }

    void forgetsFiles() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    /** Forgets everything, as a new browser would. */
    void signOutEverywhere() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    void signIn(Session user) {
        signIn(user.email(), Session.PASSWORD);
    }

    void signIn(String email, String password) {
        fill("E-mail", email);
        fill("Password", password);
        press("Sign in");
    }

    /** Waits until the text is on screen. */
    void sees(String text) {
        waitFor("the text: " + text, () -> visibleText().contains(text));
    }

    void seesNot(String text) {
        waitFor("no text: " + text, () -> !visibleText().contains(text));
    }

    String visibleText() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String path() {
        return driver.getCurrentUrl().substring(url.length());
    }

    void press(String button) {
        click(By.xpath("//button[normalize-space()=" + quoted(button) + "]"));
    }

    /** Presses a button in the row of a table that has this text. */
    void pressBeside(String text, String button) {
        click(By.xpath("//tr[contains(., " + quoted(text) + ")]//button[normalize-space()=" + quoted(button) + "]"));
    }

    void follow(String link) {
        click(By.xpath("//a[normalize-space()=" + quoted(link) + "]"));
    }

    void openLinkContaining(String text) {
        click(By.xpath("//a[contains(normalize-space(), " + quoted(text) + ")]"));
    }

    void fill(String label, String text) {
        WebElement input = labelled(label);
        input.clear();
        input.sendKeys(text);
    }

    void tick(String label) {
        WebElement box = labelled(label);
        if (!box.isSelected()) {
            box.click();
        }
    }

    void choose(String label, String option) {
        labelled(label)
                .findElement(By.xpath(".//option[normalize-space()=" + quoted(option) + "]"))
                .click();
    }

    /** The values that a list of choices offers. */
    List<String> choices(String label) {
        return labelled(label).findElements(By.tagName("option")).stream()
                .map(option -> option.getDomAttribute("value"))
                .toList();
    }

    /** Types into whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** The name of the control that has the focus. */
    String focus() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /** Walks by the key Tab to the control of this name, as somebody without a mouse does. */
    void tabTo(String control) {
        for (int stops = 0; stops < TABS_MAX; stops++) {
            if (focus().equals(control)) {
                return;
            }
            type(Keys.TAB);
        }
        throw new AssertionError("no way by Tab to " + control + " on a screen that says:\n" + visibleText());
    }

    void typeAndEnter(String text) {
        type(text, Keys.ENTER);
    }

    /** Presses a key on the page as a whole. */
    void key(CharSequence key) {
        driver.findElement(By.tagName("body")).sendKeys(key);
    }

    /** Runs a script of a stranger: an attack, or a look at what scripts can see. */
    Object script(String text) {
        return driver.executeScript(text);
    }

    /** Holds the screen against WCAG 2.2 AA, wide and narrow, light and dark, and keeps pictures of it. */
    void inspect(String name) {
        for (Dimension size : List.of(PHONE, DESK)) {
            driver.manage().window().setSize(size);
            inspect(name + "-" + size.getWidth() + "-dark", "dark", axe::violations);
            inspect(name + "-" + size.getWidth() + "-light", "light", axe::violationsByColour);
            assertThat(tooWide())
                    .as("wider than %s on %s", size.getWidth(), name)
                    .isEmpty();
        }
        assertThat(driver.manage().logs().get("browser").getAll().stream()
                        .filter(entry -> entry.getMessage().contains("Content Security Policy")))
                .as("violations of the policy on %s", name)
                .isEmpty();
    }

    /** Names of the parts that a reader would have to move sideways: the page, or on a phone a table. */
    private List<?> tooWide() {
        return (List<?>) driver.executeScript("""
                const tables = innerWidth > 640 ? [] : document.querySelectorAll('.scroll');
                return [document.documentElement, ...tables]
                  .filter((one) => one.scrollWidth > one.clientWidth)
                  .map((one) => one.getAttribute('aria-label') ?? one.tagName);
                """);
    }

    private void inspect(String name, String scheme, Supplier<List<String>> violations) {
        prefer(scheme);
        picture(name);
        assertThat(violations.get()).as("accessibility of %s", name).isEmpty();
    }

    private void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebElement labelled(String label) {
        return found(By.xpath("//*[@id=//label[normalize-space(text())=" + quoted(label) + "]/@for]"
                + " | //label[normalize-space(text())=" + quoted(label)
                + "]//*[self::input or self::select or self::textarea]"));
    }

    private void click(By target) {
        waitFor(target.toString(), () -> {
            WebElement element = driver.findElement(target);
            if (!element.isDisplayed() || !element.isEnabled()) {
                return false;
            }
            element.click();
            return true;
        });
    }

    private WebElement found(By target) {
        return new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(POLL)
                .ignoring(NoSuchElementException.class)
                .withMessage(() -> target + " on a screen that says:\n" + visibleText())
                .until(page -> page.findElement(target));
    }

    private void waitFor(String what, BooleanSupplier condition) {
        new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(POLL)
                .ignoring(NoSuchElementException.class)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> what + " on a screen that says:\n" + visibleText())
                .until(page -> condition.getAsBoolean());
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @Override
    public void close() {
        driver.quit();
    }
}
