"""Buys as a demo user with the generated client, and waits until the wallet shows the cashback."""

import sys
import time

import openapi_client as api

configuration = api.Configuration(host=sys.argv[1])
with api.ApiClient(configuration) as client:
    configuration.access_token = api.AuthenticationApi(client).login(
        api.Credentials(email="alice@clicknback.com", password="Str0ng!Pass")).access_token
    user = api.UsersApi(client).get_current_user()
    wallet = api.WalletApi(client)
    before = wallet.get_wallet()
    purchase = api.PurchasesApi(client).create_purchase(api.PurchaseSubmission(
        external_id=f"python-{time.time_ns()}",
        user_id=user.id,
        merchant_id="a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
        amount=api.RequestMoney("20.00"),
        currency="EUR"))
    for _ in range(100):
        credits = [t for t in wallet.list_wallet_transactions(limit=10).data if t.related_purchase_id == purchase.id]
        if credits:
            credit, after = credits[0], wallet.get_wallet()
            assert (credit.type, credit.var_from, credit.to) == ("cashback_credit", None, "pending"), credit
            assert credit.amount == purchase.cashback_amount, credit
            assert after.pending_balance != before.pending_balance, after
            print(f"Python: {credit.amount} credited, {after.pending_balance} pending")
            sys.exit(0)
        time.sleep(0.1)
sys.exit("not credited")
