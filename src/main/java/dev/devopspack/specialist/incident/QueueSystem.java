package dev.devopspack.specialist.incident;

/// A message queue that we know commands of.
public enum QueueSystem {
    RABBITMQ("RabbitMQ"),
    KAFKA("Kafka"),
    SQS("Amazon SQS");

    private final String title;

    QueueSystem(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
