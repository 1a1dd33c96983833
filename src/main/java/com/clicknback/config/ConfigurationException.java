package com.clicknback.config;

import java.util.List;

/** Settings that the service cannot start with. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /**
     * @param problems one line each: the setting, its variable and what is wrong with it
     */
    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = problems;
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
