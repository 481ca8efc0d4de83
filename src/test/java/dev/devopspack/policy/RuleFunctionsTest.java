package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rules can ask, each question on files that answer it with yes, no and not known.
class RuleFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    self.name.startsWith('ab'), holds
                    self.name.startsWith('b'), fails
                    self.absent.startsWith('ab'), fails
                    self.tags.contains('a'), fails
                    self.size.matches('^1'), holds
                    self.name.endsWith('c') && self.name.contains('b'), holds
                    self.given.contains('a'), unknown
                    self.open.matches('a'), unknown
                    """)
    void textThatIsNotThereHoldsNothing(String condition, String answer) {
        assertEquals(
                answer,
                answer(
                        "terraform/aws_thing",
                        condition,
                        """
                        variable "open" {}
                        resource "aws_thing" "this" {
                          name  = "abc"
                          size  = 12
                          tags  = ["a"]
                          given = aws_other.x.arn
                          open  = var.open
                        }
                        """));
    }

    @Test
    void patternThatIsTooLargeIsAnErrorOfTheRule() {
        ScanResult result =
                scan(
                        "terraform/aws_thing",
                        "self.name.matches('((a{50}){50}){50}')",
                        "resource \"aws_thing\" \"this\" {\n  name = \"a\"\n}\n");

        assertEquals(1, result.errors().size());
        assertEquals(0, result.findings().size());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    aws_kms_key.mine.arn, holds
                    '"arn:aws:kms:eu-west-1:111122223333:key/a"', holds
                    '"alias/aws/s3"', fails
                    data.aws_kms_key.theirs.arn, fails
                    data.aws_kms_alias.theirs.target_key_arn, fails
                    data.aws_kms_key.ours.arn, holds
                    null, fails
                    var.key, unknown
                    """)
    void keyOfAwsIsNoCustomerKey(String value, String answer) {
        assertEquals(
                answer,
                answer(
                        "terraform/aws_thing",
                        "customerKey(self, 'kms_key_id')",
                        """
                        variable "key" {}
                        resource "aws_kms_key" "mine" {}
                        data "aws_kms_key" "theirs" {
                          key_id = "alias/aws/s3"
                        }
                        data "aws_kms_key" "ours" {
                          key_id = "alias/shop"
                        }
                        data "aws_kms_alias" "theirs" {
                          name = "alias/aws/s3"
                        }
                        resource "aws_thing" "this" {
                          kms_key_id = %s
                        }
                        """
                                .formatted(value)));
    }

    @Test
    void valueInABlockIsWrittenWhereItIsKnownAfterApply() {
        String files =
                "resource \"aws_thing\" \"this\" {\n  disk {\n    key = aws_kms_key.a.arn\n  }\n}\n";

        assertEquals(
                "holds",
                answer(
                        "terraform/aws_thing",
                        "self.each('disk').all(d, written(d, 'key') && d.key != null)",
                        files));
    }

    @Test
    void relationsGoBothWaysAndThroughBlocks() {
        String files =
                """
                resource "aws_lb" "app" {}
                resource "aws_lb" "alone" {}
                resource "aws_lb_listener" "app" {
                  load_balancer_arn = aws_lb.app.arn
                  default_action {
                    target_group_arn = aws_lb_target_group.app.arn
                  }
                }
                resource "aws_lb_target_group" "app" {}
                """;

        assertEquals(
                List.of("aws_lb.alone"),
                failing(
                        "terraform/aws_lb",
                        "size(mentioning(self, 'aws_lb_listener')) == 1",
                        files));
        assertEquals(
                List.of(),
                failing("terraform/aws_lb_target_group", "size(mentioning(self, '')) == 1", files));
        assertEquals(
                List.of(),
                failing(
                        "terraform/aws_lb_listener",
                        "referredHere(self, 'load_balancer_arn', 'aws_lb').all(lb,"
                                + " lb.resourceAddress == 'aws_lb.app')"
                                + " && size(referredHere(self, 'default_action.target_group_arn',"
                                + " 'aws_lb_target_group')) == 1",
                        files));
    }

    @Test
    void listOfOneThatIsKnownAfterApplyIsNotEmpty() {
        assertEquals(
                "holds",
                answer(
                        "terraform/aws_thing",
                        "size(self.each('groups')) == 1"
                                + " && references(self, 'groups') == ['aws_security_group.web']"
                                + " && references(self, 'name') == []",
                        """
                        resource "aws_thing" "this" {
                          name   = "a"
                          groups = [aws_security_group.web.id]
                        }
                        """));
    }

    @Test
    void jsonInAnAttributeIsReadHoweverItIsWritten() {
        String condition =
                "json(self, 'text').all(c, c.privileged != true) && size(json(self, 'text')) == 1"
                        + " && json(self, 'text').at('name') == 'a'";
        List<String> forms =
                List.of(
                        "jsonencode([{ name = \"a\", image = aws_ecr_repository.a.url }])",
                        "jsonencode({ name = \"a\" })",
                        "<<-EOT\n    [{\"name\": \"a\", \"image\": \"${aws_x.a.url}\",}]\n    EOT");

        for (String form : forms) {
            assertEquals(
                    "holds",
                    answer(
                            "terraform/aws_thing",
                            condition,
                            "resource \"aws_thing\" \"this\" {\n  text = " + form + "\n}\n"));
        }
    }

    @Test
    void resourcesWithTheSameLiteralNameAreToldApartByReference() {
        String files =
                """
                resource "aws_s3_bucket" "one" {
                  bucket = "data"
                }
                resource "aws_s3_bucket" "two" {
                  bucket = "data"
                }
                resource "aws_s3_bucket_versioning" "one" {
                  bucket = aws_s3_bucket.one.bucket
                }
                """;

        assertEquals(
                List.of("aws_s3_bucket.two"),
                failing(
                        "terraform/aws_s3_bucket",
                        "size(related(self, 'aws_s3_bucket_versioning', 'bucket')) == 1",
                        files));
    }

    @Test
    void resourcesThatTakeTheirNameFromOneVariableBelongTogether() {
        String files =
                """
                variable "name" {}
                resource "aws_s3_bucket" "named" {
                  bucket = var.name
                }
                resource "aws_s3_bucket" "other" {
                  bucket = "other"
                }
                resource "aws_s3_bucket_versioning" "named" {
                  bucket = var.name
                }
                """;

        assertEquals(
                List.of("aws_s3_bucket.other"),
                failing(
                        "terraform/aws_s3_bucket",
                        "size(related(self, 'aws_s3_bucket_versioning', 'bucket')) == 1",
                        files));
    }

    @Test
    void permissionsAreThoseOfAllPoliciesThatAnIdentityHas() {
        String files =
                """
                resource "aws_iam_role" "ci" {
                  inline_policy {
                    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
                  }
                }
                resource "aws_iam_role_policy" "inline" {
                  role   = aws_iam_role.ci.name
                  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] })
                }
                resource "aws_iam_role_policy_attachment" "attached" {
                  role       = aws_iam_role.ci.name
                  policy_arn = aws_iam_policy.run.arn
                }
                resource "aws_iam_policy" "run" {
                  policy = data.aws_iam_policy_document.run.json
                }
                data "aws_iam_policy_document" "run" {
                  statement {
                    actions   = ["ec2:RunInstances"]
                    resources = ["*"]
                  }
                }
                resource "aws_iam_role" "other" {}
                """;

        assertEquals(
                List.of("aws_iam_role.other"),
                failing(
                        "terraform/aws_iam_role",
                        "['s3:GetObject', 'iam:PassRole', 'ec2:RunInstances'].all(a,"
                                + " permissions(self).exists(s, allows(s, a)))",
                        files));
    }

    @Test
    void lifecycleAndProvisionersCanBeAskedFor() {
        assertEquals(
                "holds",
                answer(
                        "terraform/aws_thing",
                        "self.at('lifecycle.create_before_destroy') == true"
                                + " && self.each('provisioner').exists(p, p.destination == '/etc/a')",
                        """
                        resource "aws_thing" "this" {
                          lifecycle {
                            create_before_destroy = true
                          }
                          provisioner "file" {
                            destination = "/etc/a"
                          }
                        }
                        """));
    }

    @Test
    void moduleOfTheRegistryIsJudgedByItsArguments() {
        String files =
                """
                module "bucket" {
                  source  = "terraform-aws-modules/s3-bucket/aws"
                  version = "%s"
                  bucket  = "data"
                  acl     = "public-read"
                }
                """;

        assertEquals(
                List.of("module.bucket"),
                failing("terraform/aws_s3_bucket", "self.acl != 'public-read'", files));
        String blocked = "self.block_public_acls == true";
        assertEquals(
                List.of("module.bucket"),
                failing(
                        "terraform/aws_s3_bucket_public_access_block",
                        blocked,
                        files.formatted("3.7.0")));
        assertEquals(
                List.of(),
                failing(
                        "terraform/aws_s3_bucket_public_access_block",
                        blocked,
                        files.formatted("~> 4.1")));
    }

    @Test
    void whatAModuleOfTheRegistryDecidesByItselfIsNotReported() {
        ScanResult result =
                scan(
                        "terraform/aws_s3_bucket",
                        "self.force_destroy == true",
                        "module \"bucket\" {\n  source = \"terraform-aws-modules/s3-bucket/aws\"\n}\n");

        assertEquals(List.of(), result.findings());
        assertEquals(List.of(), result.unknowns());
        assertEquals(1, result.unjudged().size());
    }

    @Test
    void moduleCallIsASubject() {
        assertEquals(
                List.of("module.a"),
                failing(
                        "terraform/module",
                        "self.source.contains('?ref=')",
                        """
                        module "a" {
                          source = "git::https://example.com/a.git"
                        }
                        module "b" {
                          source = "git::https://example.com/b.git?ref=v1.2.0"
                        }
                        """));
    }

    @Test
    void wordsOfAnotherLanguageForYesAndNoAreUnderstood() {
        assertEquals(
                List.of("aws_thing.off"),
                failing(
                        "terraform/aws_thing",
                        "self.encrypted == true",
                        """
                        resource "aws_thing" "on" {
                          encrypted = True
                        }
                        resource "aws_thing" "off" {
                          encrypted = False
                        }
                        """));
    }

    @Test
    void entryOfAnAclKnowsWhatWasRefusedBefore() {
        assertEquals(
                1,
                scan(
                                "aws/NetworkAclRule",
                                "!self.allows || self.refusedBefore.exists(r, includesPort(r, 22))",
                                """
                                resource "aws_network_acl" "closed" {
                                  ingress {
                                    rule_no    = 10
                                    action     = "deny"
                                    protocol   = "tcp"
                                    from_port  = 22
                                    to_port    = 22
                                    cidr_block = "0.0.0.0/0"
                                  }
                                  ingress {
                                    rule_no    = 20
                                    action     = "allow"
                                    protocol   = "-1"
                                    cidr_block = "0.0.0.0/0"
                                  }
                                }
                                resource "aws_network_acl" "open" {
                                  ingress {
                                    rule_no    = 30
                                    action     = "deny"
                                    protocol   = "tcp"
                                    from_port  = 22
                                    to_port    = 22
                                    cidr_block = "0.0.0.0/0"
                                  }
                                  ingress {
                                    rule_no    = 20
                                    action     = "allow"
                                    protocol   = "-1"
                                    cidr_block = "0.0.0.0/0"
                                  }
                                }
                                """)
                        .findings()
                        .size());
    }

    private static String answer(String subject, String condition, String files) {
        ScanResult result = scan(subject, condition, files);
        assertEquals(List.of(), result.errors());
        return !result.findings().isEmpty()
                ? "fails"
                : result.unknowns().isEmpty() ? "holds" : "unknown";
    }

    private static List<String> failing(String subject, String condition, String files) {
        ScanResult result = scan(subject, condition, files);
        assertEquals(List.of(), result.errors());
        assertEquals(List.of(), result.unknowns());
        return result.findings().stream().map(Finding::resource).toList();
    }

    private static ScanResult scan(String subject, String condition, String files) {
        String rule =
                """
                id: T-1
                title: A thing is fine
                why: It is a test.
                severity: low
                subject: %s
                require: >-
                  %s
                message: it is not
                mend: Mend it.
                examples:
                  - fails: {text: "a"}
                  - passes: {text: "b"}
                """
                        .formatted(subject, condition);
        return new Scan(
                        RuleCatalog.of(
                                RuleCatalog.read("t.yaml", rule.getBytes(StandardCharsets.UTF_8))))
                .of(Artifacts.of(Artifact.of("main.tf", files)));
    }
}
