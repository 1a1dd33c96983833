// Buys as a demo user with the generated client, and waits until the wallet shows the cashback.
import { AuthenticationApi, Configuration, PurchasesApi, UsersApi, WalletApi } from './client/index';

async function main(basePath: string): Promise<void> {
  const anonymous = new Configuration({ basePath });
  const tokens = await new AuthenticationApi(anonymous).login({
    credentials: { email: 'alice@clicknback.com', password: 'Str0ng!Pass' },
  });
  const signedIn = new Configuration({ basePath, accessToken: tokens.accessToken });
  const user = await new UsersApi(signedIn).getCurrentUser();
  const wallet = new WalletApi(signedIn);
  const before = await wallet.getWallet();
  const purchase = await new PurchasesApi(signedIn).createPurchase({
    purchaseSubmission: {
      externalId: `typescript-${Date.now()}`,
      userId: user.id,
      merchantId: 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d',
      amount: '20.00',
      currency: 'EUR',
    },
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    const credit = (await wallet.listWalletTransactions({ limit: 10 })).data.find(
      (transaction) => transaction.relatedPurchaseId === purchase.id,
    );
    if (credit !== undefined && credit.type === 'cashback_credit' && credit.from === null && credit.to === 'pending') {
      const after = await wallet.getWallet();
      if (after.pendingBalance === before.pendingBalance || credit.amount !== purchase.cashbackAmount) {
        throw new Error(`not what was credited: ${JSON.stringify({ before, after, credit })}`);
      }
      console.log(`TypeScript: ${credit.amount} credited, ${after.pendingBalance} pending`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('not credited');
}

main(process.argv[2]).catch((failure) => {
  console.error(failure);
  process.exit(1);
});
