package com.clicknback.model;

/** Something that somebody does to the service, or that happens to it; described by its {@code toString}. */
interface Operation {
    /** What comes of it by the rules. */
    Verdict inModel(World world);

    /** What comes of it. */
    Verdict onService(Stage stage);

    /** Whether it ends differently if it comes before or after what is still under way. */
    default boolean isRacing(World world) {
        return false;
    }
}
