import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.AuthenticationApi;
import org.openapitools.client.api.PurchasesApi;
import org.openapitools.client.api.UsersApi;
import org.openapitools.client.api.WalletApi;
import org.openapitools.client.model.Credentials;
import org.openapitools.client.model.PurchaseAttached;
import org.openapitools.client.model.PurchaseSubmission;
import org.openapitools.client.model.RequestMoney;
import org.openapitools.client.model.User;
import org.openapitools.client.model.WalletSummary;
import org.openapitools.client.model.WalletTransaction;

/** Buys as a demo user with the generated client, and waits until the wallet shows the cashback. */
public final class Flow {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient().setBasePath(arguments[0]);
        client.setBearerToken(new AuthenticationApi(client)
                .login(new Credentials().email("alice@clicknback.com").password("Str0ng!Pass"), null)
                .getAccessToken());
        User user = new UsersApi(client).getCurrentUser(null);
        WalletApi wallet = new WalletApi(client);
        WalletSummary before = wallet.getWallet(null);
        PurchaseAttached purchase = new PurchasesApi(client)
                .createPurchase(
                        new PurchaseSubmission()
                                .externalId("java-" + System.nanoTime())
                                .userId(user.getId())
                                .merchantId(UUID.fromString("a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d"))
                                .amount(new RequestMoney("20.00"))
                                .currency("EUR"),
                        null);
        for (int attempt = 0; attempt < 100; attempt++) {
            for (WalletTransaction credit : wallet.listWalletTransactions(10, null, null, null).getData()) {
                if (purchase.getId().equals(credit.getRelatedPurchaseId())) {
                    WalletSummary after = wallet.getWallet(null);
                    if (credit.getType() != WalletTransaction.TypeEnum.CASHBACK_CREDIT
                            || credit.getFrom() != null
                            || !credit.getAmount().equals(purchase.getCashbackAmount())
                            || after.getPendingBalance().equals(before.getPendingBalance())) {
                        throw new AssertionError("not what was credited: " + credit);
                    }
                    System.out.println("Java: " + credit.getAmount() + " credited, " + after.getPendingBalance() + " pending");
                    System.exit(0);
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not credited");
    }
}
