package com.clicknback.platform.cluster;

import com.clicknback.platform.address.HostName;
import com.clicknback.platform.address.HostPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of this node, and where others are.
 *
 * @param host the address or name to listen on
 * @param publicHost the address or name under which others reach this node; null for {@code host}
 * @param members empty when Kubernetes has them
 * @param kubernetesService the name of the service whose addresses are the nodes; null for none
 * @param openToNetwork allows a host that is neither on loopback nor on a private network
 */
public record ClusterSettings(
        String host,
        int port,
        @Nullable String publicHost,
        List<HostPort> members,
        @Nullable HostName kubernetesService,
        boolean openToNetwork) {}
