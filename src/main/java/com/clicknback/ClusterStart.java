package com.clicknback;

import com.clicknback.config.Settings;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.cluster.ClusterSettings;
import com.clicknback.platform.cluster.ClusterVerticle;
import com.clicknback.platform.cluster.NoticeCipher;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;

/** The start of the cluster, for those who want one. */
final class ClusterStart {
    private ClusterStart() {}

    /** Does nothing, and loads none of the cluster's classes, unless it is enabled. */
    static Future<Void> ifEnabled(
            Settings.Cluster settings, Lifecycle lifecycle, Bus bus, Keyring keys, Metrics metrics) {
        if (!settings.enabled()) {
            return Future.succeededFuture();
        }
        ClusterSettings cluster = new ClusterSettings(
                settings.host(),
                settings.port(),
                settings.publicHost(),
                settings.members(),
                settings.kubernetesService(),
                settings.openToNetwork());
        return StartException.unlessListening(
                lifecycle.deploy(() -> new ClusterVerticle(bus, cluster, new NoticeCipher(keys), metrics.cluster()), 1),
                "cluster",
                settings.host(),
                settings.port());
    }
}
