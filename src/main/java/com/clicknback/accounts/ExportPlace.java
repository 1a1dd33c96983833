package com.clicknback.accounts;

import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.PageRequest.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A place in an export.
 *
 * @param after the last item of the list that has been told; at the start of a list a key that comes before all items
 */
record ExportPlace(Section section, Key after) {
    /** The lists of an export, in their order. */
    enum Section {
        SESSIONS,
        PURCHASES,
        ORDERS,
        CLICKS,
        TRANSACTIONS,
        PAYOUTS,
        FLAGS,
        CHANGES;

        /** The name of the list in cursors. */
        String listName() {
            return "export-" + name().toLowerCase(Locale.ROOT);
        }

        boolean isLast() {
            return ordinal() == values().length - 1;
        }

        Section next() {
            return values()[ordinal() + 1];
        }
    }

    static final List<String> LISTS =
            Arrays.stream(Section.values()).map(Section::listName).toList();

    static final ExportPlace START = startOf(Section.SESSIONS);

    static ExportPlace startOf(Section section) {
        return new ExportPlace(section, PageRequest.BEFORE_ALL);
    }

    static ExportPlace of(String listName, Key after) {
        return new ExportPlace(Section.values()[LISTS.indexOf(listName)], after);
    }
}
