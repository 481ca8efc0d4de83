package dev.devopspack.specialist.security;

import java.util.List;
import java.util.Map;

/// One small file of each language, each with something wrong, one unknown and one excuse.
final class MixedFiles {

    static final List<Map<String, Object>> LIST =
            List.of(
                    file(
                            "main.tf",
                            """
                            variable "office" {
                              type = list(string)
                            }

                            resource "aws_security_group_rule" "ssh" {
                              type              = "ingress"
                              description       = "SSH"
                              security_group_id = "sg-0123456789abcdef0"
                              from_port         = 22
                              to_port           = 22
                              protocol          = "tcp"
                              cidr_blocks       = ["0.0.0.0/0"]
                            }

                            resource "aws_security_group_rule" "office" {
                              type              = "ingress"
                              description       = "SSH of the office"
                              security_group_id = "sg-0123456789abcdef0"
                              from_port         = 22
                              to_port           = 22
                              protocol          = "tcp"
                              cidr_blocks       = var.office
                            }

                            resource "aws_ebs_volume" "data" {
                              # devops-pack:skip=DP-AWS-EC2-005: scratch space, no data
                              availability_zone = "eu-west-1a"
                              size              = 10
                            }
                            """),
                    file(
                            "Dockerfile",
                            """
                            FROM debian:latest
                            RUN curl -k https://example.com/install.sh | sh
                            CMD ["/app"]
                            """),
                    file(
                            ".github/workflows/build.yml",
                            """
                            on: pull_request_target
                            jobs:
                              build:
                                runs-on: ubuntu-24.04
                                steps:
                                  - run: echo "${{ github.event.pull_request.title }}"
                            """),
                    file(
                            "pod.yaml",
                            """
                            apiVersion: v1
                            kind: Pod
                            metadata:
                              name: web
                            spec:
                              containers:
                                - name: web
                                  image: nginx:1.27.3
                                  securityContext:
                                    privileged: true
                            """),
                    file("broken.tf", "resource \"aws_s3_bucket\" {\n"));

    private MixedFiles() {}

    static Map<String, Object> file(String name, String content) {
        return Map.of("name", name, "content", content);
    }
}
