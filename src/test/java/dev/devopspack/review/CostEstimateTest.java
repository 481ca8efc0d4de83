package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostEstimateTest {

    @Test
    void aFirstReleaseCostsItsPartsAndSaysWhatIsNotCounted() {
        CostEstimate cost =
                CostEstimate.of(
                        SemanticDifference.of(
                                null,
                                Sample.of(
                                        """
                                        resource "aws_eks_cluster" "this" {}
                                        resource "aws_nat_gateway" "this" {
                                          count = 3
                                        }
                                        resource "aws_ebs_volume" "data" {
                                          type = "gp3"
                                          size = 100
                                        }
                                        resource "aws_instance" "a" {}
                                        resource "aws_unheard_of" "a" {}
                                        """)));

        assertEquals(
                "≈ 180 USD / month fixed (as of 2024-07-01, us-east-1; 3 parts not counted)",
                cost.summary());
        assertEquals(
                List.of(
                        "98.55 3 x NAT gateway",
                        "73.00 1 x EKS control plane",
                        "8.00 1 x gp3 storage"),
                cost.parts().stream()
                        .map(part ->
                                CostEstimate.amount(part.monthlyUsd())
                                        + " "
                                        + part.count()
                                        + " x "
                                        + part.what())
                        .toList());
        assertEquals(
                List.of(
                        "EC2 instances",
                        "resources of type aws_unheard_of",
                        "traffic through NAT gateways"),
                cost.notCounted());
    }

    @Test
    void aChangeCostsTheDifference() {
        String volume = "resource \"aws_ebs_volume\" \"a\" {\n  type = \"gp3\"\n  size = %s\n}\n";

        CostEstimate dearer =
                CostEstimate.of(
                        SemanticDifference.of(
                                Sample.of(volume.formatted("100")),
                                Sample.of(volume.formatted("600"))));
        CostEstimate gone =
                CostEstimate.of(
                        SemanticDifference.of(
                                Sample.of(volume.formatted("100")), Sample.of("locals {}\n")));

        assertEquals("≈ +40 USD / month fixed (as of 2024-07-01, us-east-1)", dearer.summary());
        assertEquals("≈ -8 USD / month fixed (as of 2024-07-01, us-east-1)", gone.summary());
    }

    @Test
    void aSizeThatIsNotKnownOrAbsurdIsNotCounted() {
        for (String size : List.of("var.size", "1e999999", "99999999999", "-5", "\"x\"")) {
            CostEstimate cost =
                    CostEstimate.of(
                            SemanticDifference.of(
                                    null,
                                    Sample.of(
                                            "variable \"size\" {}\nresource \"aws_ebs_volume\" \"a\" {\n"
                                                    + "  type = \"gp3\"\n  size = "
                                                    + size
                                                    + "\n}\n")));

            assertEquals(
                    "no fixed cost that the price table knows (1 part not counted)",
                    cost.summary(),
                    size);
        }
    }
}
