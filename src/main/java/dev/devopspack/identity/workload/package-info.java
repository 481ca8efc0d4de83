/// Identity tokens of pipelines (OpenID Connect): what they are, which key signed them, and what
/// they prove. Pure but for the interface that fetches an issuer's keys. Decides nothing about what
/// a job may use: that is written in `approval`.
@NullMarked
package dev.devopspack.identity.workload;

import org.jspecify.annotations.NullMarked;
