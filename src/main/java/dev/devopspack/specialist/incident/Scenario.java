package dev.devopspack.specialist.incident;

/// What is known of one kind of incident.
interface Scenario {

    Playbook playbook(Situation situation);

    static Scenario of(IncidentType type) {
        return switch (type) {
            case DATABASE_CONNECTION_FAILURE -> new DatabaseConnectionFailure();
            case HIGH_LATENCY -> new HighLatency();
            case ERROR_RATE_SPIKE -> new ErrorRateSpike();
            case POD_CRASH_LOOP -> new PodCrashLoop();
            case DISK_FULL -> new DiskFull();
            case CERTIFICATE_EXPIRY -> new CertificateExpiry();
            case QUEUE_BACKLOG -> new QueueBacklog();
            case DEPLOYMENT_REGRESSION -> new DeploymentRegression();
            case DNS_FAILURE -> new DnsFailure();
            case NODE_NOT_READY -> new NodeNotReady();
            case GENERAL -> new ServiceDisruption();
        };
    }
}
