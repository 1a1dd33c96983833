/** Notices to other nodes of the same service, over Hazelcast. */
@NullMarked
package com.clicknback.platform.cluster;

import org.jspecify.annotations.NullMarked;
