package com.clicknback.accounts;

import com.clicknback.accounts.ExportPlace.Section;
import com.clicknback.audit.AuditRecord;
import com.clicknback.auth.SessionView;
import com.clicknback.clicks.ClickView;
import com.clicknback.flags.Flag;
import com.clicknback.ingestion.references.ReportedOrder;
import com.clicknback.ledger.Transaction;
import com.clicknback.payouts.Payout;
import com.clicknback.purchases.Purchase;
import com.clicknback.users.User;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what is known about a user.
 *
 * @param next where the next part begins; null for the last one
 */
record ExportPart(
        Instant at,
        User user,
        List<SessionView> sessions,
        List<Purchase> purchases,
        List<ReportedOrder> orders,
        List<ClickView> clicks,
        List<Transaction> transactions,
        List<Payout> payouts,
        List<Flag> flags,
        List<AuditRecord> changes,
        @Nullable ExportPlace next) {

    /** A part with nothing but the account. */
    static ExportPart of(Instant at, User user) {
        return new ExportPart(
                at,
                user,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ExportPlace.START);
    }

    /** The same part with the items of one section. */
    @SuppressWarnings("unchecked")
    ExportPart with(Section section, List<?> items, @Nullable ExportPlace following) {
        return new ExportPart(
                at,
                user,
                section == Section.SESSIONS ? (List<SessionView>) items : sessions,
                section == Section.PURCHASES ? (List<Purchase>) items : purchases,
                section == Section.ORDERS ? (List<ReportedOrder>) items : orders,
                section == Section.CLICKS ? (List<ClickView>) items : clicks,
                section == Section.TRANSACTIONS ? (List<Transaction>) items : transactions,
                section == Section.PAYOUTS ? (List<Payout>) items : payouts,
                section == Section.FLAGS ? (List<Flag>) items : flags,
                section == Section.CHANGES ? (List<AuditRecord>) items : changes,
                following);
    }
}
