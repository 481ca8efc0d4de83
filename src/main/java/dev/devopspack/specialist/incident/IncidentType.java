package dev.devopspack.specialist.incident;

/// The kinds of incidents that a runbook can be written for.
public enum IncidentType {
    DATABASE_CONNECTION_FAILURE("Database connection failure"),
    HIGH_LATENCY("High latency"),
    ERROR_RATE_SPIKE("Error rate spike"),
    POD_CRASH_LOOP("Pod crash loop"),
    DISK_FULL("Disk full"),
    CERTIFICATE_EXPIRY("Certificate expiry"),
    QUEUE_BACKLOG("Queue backlog"),
    DEPLOYMENT_REGRESSION("Deployment regression"),
    DNS_FAILURE("DNS failure"),
    NODE_NOT_READY("Node not ready"),
    GENERAL("Service disruption");

    private final String title;

    IncidentType(String title) {
        this.title = title;
    }

    /// Within a sentence: only an abbreviation keeps its capitals.
    String inSentence() {
        return this == DNS_FAILURE
                ? title
                : Character.toLowerCase(title.charAt(0)) + title.substring(1);
    }

    /// As a task names it.
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
