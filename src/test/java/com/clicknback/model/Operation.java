package com.clicknback.model;

/** Something that somebody does to the service, or that happens to it; described by its {@code toString}. */
interface Operation {
    /** Carries it out in the model and returns the answer by the rules. */
    Verdict inModel(World world);

    /** Carries it out on the service and returns its answer. */
    Verdict onService(Stage stage);

    /** True when work in flight could change its answer. */
    default boolean isRacing(World world) {
        return false;
    }
}
