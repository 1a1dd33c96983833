package com.clicknback.console;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import java.io.IOException;
import java.util.List;
import javax.naming.OperationNotSupportedException;
import org.openqa.selenium.JavascriptExecutor;

/** The rules of axe for WCAG 2.2 AA. They run inside the page, so that no other tab takes the place of the screen. */
final class Axe {
    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** The rules that look at colours; all others see the same whatever the colours are. */
    private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    /** Asked for by name: axe leaves the one rule that is new in 2.2 out otherwise. */
    private static final String RUN = """
            const [type, values, done] = arguments;
            const options = {
              runOnly: { type, values },
              rules: type === 'tag' ? { 'target-size': { enabled: true } } : {},
              resultTypes: ['violations'],
            };
            const told = ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(' ')}`;
            axe.run(document, options).then(({ violations }) => done(violations.map(told)), (fault) => done([String(fault)]));
            """;

    private final JavascriptExecutor page;

    Axe(JavascriptExecutor page) {
        this.page = page;
    }

    /** Each broken rule with the elements that break it. */
    List<String> violations() {
        return violationsOf("tag", TAGS);
    }

    /** Those of the rules that can be broken in other colours alone. */
    List<String> violationsByColour() {
        return violationsOf("rule", OF_COLOURS);
    }

    private List<String> violationsOf(String type, List<String> rules) {
        if (Boolean.TRUE.equals(page.executeScript("return window.axe === undefined"))) {
            page.executeScript(source());
        }
        return ((List<?>) page.executeAsyncScript(RUN, type, rules))
                .stream().map(String::valueOf).toList();
    }

    private static String source() {
        try {
            return new EmbeddedResourceAxeProvider().getScript();
        } catch (IOException | OperationNotSupportedException e) {
            throw new IllegalStateException("axe is not on the class path", e);
        }
    }
}
