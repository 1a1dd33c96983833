package com.clicknback.model;

/** Something that somebody does to the service, or that happens to it; described by its {@code toString}. */
interface Operation {
    /** Carries it out in the model and returns the answer by the rules. */
    ExpectedAnswer inModel(World world);

    /** Carries it out on the service and returns its answer. */
    ExpectedAnswer onService(Stage stage);

    /** True when work in flight could change its answer. */
    default boolean isRacing(World world) {
        return false;
    }
}
