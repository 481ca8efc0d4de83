package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Modules that would act or read if terraform were given them, each with a twin that does neither.
///
/// `@SECRET@` stands for a file outside of the module, `@MARK@` for a file that must not come to
/// be.
public final class HostileModules {

    /// @param hostile files by name
    /// @param twin the nearest thing that is allowed
    public record Case(String name, Map<String, String> hostile, Map<String, String> twin) {

        public Artifacts hostileFiles(String secret, String mark) {
            return artifacts(
                    hostile, text -> text.replace("@SECRET@", secret).replace("@MARK@", mark));
        }

        public Artifacts twinFiles() {
            return artifacts(twin, UnaryOperator.identity());
        }

        private static Artifacts artifacts(
                Map<String, String> files, UnaryOperator<String> filled) {
            return new Artifacts(
                    files.entrySet().stream()
                            .map(file -> Artifact.of(file.getKey(), filled.apply(file.getValue())))
                            .toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> ALL = new ArrayList<>();

    private HostileModules() {}

    public static List<Case> all() {
        return List.copyOf(ALL);
    }

    private static void add(String name, Map<String, String> hostile, Map<String, String> twin) {
        ALL.add(new Case(name, new TreeMap<>(hostile), new TreeMap<>(twin)));
    }

    private static void add(String name, String hostile, String twin) {
        add(name, Map.of("main.tf", hostile), Map.of("main.tf", twin));
    }

    /// A function's call in an output; the twin reads a file of the module.
    private static void read(String name, String hostile, String twin) {
        add(
                name,
                Map.of("main.tf", output(hostile), "data/note.txt", "note"),
                Map.of("main.tf", output(twin), "data/note.txt", "note"));
    }

    private static String output(String expression) {
        return "output \"read\" {\n  value = " + expression + "\n}\n";
    }

    private static final String OWN_FILE = "file(\"${path.module}/data/note.txt\")";

    static {
        acting();
        readingByFunctions();
        hidingTheCall();
        templates();
        readingByData();
        modules();
        files();
        settings();
        providers();
    }

    private static void acting() {
        add(
                "local-exec provisioner",
                """
                resource "terraform_data" "run" {
                  provisioner "local-exec" {
                    command = "touch @MARK@"
                  }
                }
                """,
                """
                resource "terraform_data" "run" {
                  input = "provisioner local-exec"
                }
                """);
        add(
                "destroy-time provisioner",
                """
                resource "terraform_data" "run" {
                  provisioner "local-exec" {
                    when    = destroy
                    command = "touch @MARK@"
                  }
                }
                """,
                "resource \"terraform_data\" \"run\" {}\n");
        add(
                "remote-exec with a connection",
                """
                resource "aws_instance" "a" {
                  connection {
                    host = "192.0.2.1"
                  }
                  provisioner "remote-exec" {
                    inline = ["id"]
                  }
                }
                """,
                "resource \"aws_instance\" \"a\" {\n  user_data = \"id\"\n}\n");
        add(
                "connection alone",
                "resource \"aws_instance\" \"a\" {\n  connection {\n    host = \"192.0.2.1\"\n  }\n}\n",
                "resource \"aws_instance\" \"a\" {\n}\n");
        add(
                "provisioner written by dynamic",
                """
                resource "terraform_data" "run" {
                  dynamic "provisioner" {
                    for_each = ["local-exec"]
                    content {
                      command = "touch @MARK@"
                    }
                  }
                }
                """,
                """
                resource "aws_security_group" "a" {
                  dynamic "ingress" {
                    for_each = [443]
                    content {
                      from_port = ingress.value
                      to_port   = ingress.value
                      protocol  = "tcp"
                    }
                  }
                }
                """);
        add(
                "provisioner of a removed resource",
                """
                removed {
                  from = terraform_data.gone
                  provisioner "local-exec" {
                    when    = destroy
                    command = "touch @MARK@"
                  }
                }
                """,
                "removed {\n  from = terraform_data.gone\n  lifecycle {\n    destroy = false\n  }\n}\n");
        add(
                "provisioner on one line",
                "resource \"terraform_data\" \"run\" { provisioner \"local-exec\" { command = \"touch @MARK@\" } }\n",
                "resource \"terraform_data\" \"run\" { input = \"x\" }\n");
        add(
                "provisioner in a local module",
                Map.of(
                        "main.tf", "module \"a\" {\n  source = \"./a\"\n}\n",
                        "a/main.tf",
                                "resource \"terraform_data\" \"run\" {\n  provisioner \"local-exec\" {\n    command = \"touch @MARK@\"\n  }\n}\n"),
                Map.of(
                        "main.tf",
                        "module \"a\" {\n  source = \"./a\"\n}\n",
                        "a/main.tf",
                        "resource \"terraform_data\" \"run\" {\n}\n"));
        add(
                "provisioner in a module that nobody calls",
                Map.of(
                        "main.tf", "locals {\n  a = 1\n}\n",
                        "a/main.tf",
                                "resource \"terraform_data\" \"run\" {\n  provisioner \"local-exec\" {\n    command = \"touch @MARK@\"\n  }\n}\n"),
                Map.of("main.tf", "locals {\n  a = 1\n}\n", "a/main.tf", "locals {\n  b = 1\n}\n"));
        add(
                "ephemeral resource",
                "ephemeral \"aws_eks_cluster_auth\" \"a\" {\n  name = \"a\"\n}\n",
                "data \"aws_eks_cluster_auth\" \"a\" {\n  name = \"a\"\n}\n");
        add(
                "kind of block that newer terraforms may run",
                "action \"local_command\" \"a\" {\n  config {\n    command = \"touch @MARK@\"\n  }\n}\n",
                "check \"a\" {\n  assert {\n    condition     = true\n    error_message = \"no\"\n  }\n}\n");
    }

    private static void readingByFunctions() {
        read("file of an absolute path", "file(\"@SECRET@\")", OWN_FILE);
        read(
                "file upwards from the module",
                "file(\"${path.module}/../../../../../../../../@SECRET@\")",
                "file(\"${path.root}/data/note.txt\")");
        read(
                "file upwards by a relative path",
                "file(\"../../../../../../..@SECRET@\")",
                "file(\"./data/note.txt\")");
        read(
                "file upwards in the middle",
                "file(\"${path.module}/data/../../../../../../..@SECRET@\")",
                "file(\"data/note.txt\")");
        read(
                "dots written as escapes",
                "file(\"${path.module}/\\u002e\\u002e/\\u002e\\u002e/\\u002e\\u002e@SECRET@\")",
                OWN_FILE);
        read(
                "slash written as an escape",
                "file(\"\\u002fetc/passwd\")",
                "file(\"data\\u002fnote.txt\")");
        read(
                "fileexists",
                "fileexists(\"@SECRET@\")",
                "fileexists(\"${path.module}/data/note.txt\")");
        read(
                "fileset of a folder outside",
                "fileset(\"/etc\", \"*\")",
                "fileset(path.module, \"data/*.txt\")");
        read(
                "fileset with a pattern upwards",
                "fileset(path.module, \"../../../../../etc/*\")",
                "fileset(\"${path.module}/data\", \"**\")");
        read(
                "fileset with a pattern upwards in braces",
                "fileset(path.module, \"{data,..}/*\")",
                "fileset(path.module, \"{data,more}/*\")");
        read(
                "filebase64",
                "filebase64(\"@SECRET@\")",
                "filebase64(\"${path.module}/data/note.txt\")");
        read("filemd5", "filemd5(\"@SECRET@\")", "filemd5(\"${path.module}/data/note.txt\")");
        read("filesha1", "filesha1(\"@SECRET@\")", "filesha1(\"${path.module}/data/note.txt\")");
        read(
                "filesha256",
                "filesha256(\"@SECRET@\")",
                "filesha256(\"${path.module}/data/note.txt\")");
        read(
                "filesha512",
                "filesha512(\"@SECRET@\")",
                "filesha512(\"${path.module}/data/note.txt\")");
        read(
                "filebase64sha256",
                "filebase64sha256(\"@SECRET@\")",
                "filebase64sha256(\"${path.module}/data/note.txt\")");
        read(
                "filebase64sha512",
                "filebase64sha512(\"@SECRET@\")",
                "filebase64sha512(\"${path.module}/data/note.txt\")");
        read("home folder", "file(\"~/.aws/credentials\")", OWN_FILE);
        read("pathexpand", "file(pathexpand(\"~/.aws/credentials\"))", OWN_FILE);
        read("abspath", "file(abspath(\"@SECRET@\"))", "abspath(\"data\")");
        read(
                "function by its full name",
                "core::file(\"@SECRET@\")",
                "core::file(\"${path.module}/data/note.txt\")");
        read("function of a provider", "provider::local::direxists(\"/etc\")", "length(\"/etc\")");
        read("file function of a newer terraform", "filenew(\"@SECRET@\")", OWN_FILE);
        read("working folder of terraform", "file(\"${path.cwd}/note.txt\")", OWN_FILE);
        read("arguments by expansion", "file([\"@SECRET@\"]...)", OWN_FILE);
    }

    private static void hidingTheCall() {
        read(
                "path from a local value",
                "file(local.path)\n}\nlocals {\n  path = \"@SECRET@\"",
                OWN_FILE);
        read(
                "path from a variable's default",
                "file(var.path)\n}\nvariable \"path\" {\n  default = \"@SECRET@\"",
                OWN_FILE);
        add(
                "path from a tfvars file",
                Map.of(
                        "main.tf",
                        output("file(\"${path.module}/${var.path}\")") + "variable \"path\" {}\n",
                        "a.auto.tfvars",
                        "path = \"../../../../../..@SECRET@\"\n"),
                Map.of(
                        "main.tf",
                        output("var.path") + "variable \"path\" {}\n",
                        "a.auto.tfvars",
                        "path = \"@SECRET@\"\n"));
        read(
                "path put together by a function",
                "file(join(\"\", [\"/\", \"etc/passwd\"]))",
                "join(\"\", [\"/\", \"etc/passwd\"])");
        read(
                "path put together by a template",
                "file(\"${\"/\"}etc/passwd\")",
                "\"${\"/\"}etc/passwd\"");
        read(
                "path behind a condition",
                "file(true ? \"@SECRET@\" : \"data/note.txt\")",
                "true ? \"@SECRET@\" : " + OWN_FILE);
        read(
                "call behind a condition that looks dead",
                "false ? \"\" : file(\"@SECRET@\")",
                "false ? \"\" : " + OWN_FILE);
        read(
                "path as a heredoc",
                "trimspace(<<EOT\n${file(\"@SECRET@\")}\nEOT\n)",
                "trimspace(<<EOT\nfile(\"@SECRET@\")\nEOT\n)");
        read(
                "call in a directive",
                "\"%{if true}${file(\"@SECRET@\")}%{endif}\"",
                "\"%{if true}" + "yes" + "%{endif}\"");
        read(
                "call in the list of a loop",
                "[for l in split(\",\", file(\"@SECRET@\")) : l]",
                "[for l in split(\",\", " + OWN_FILE + ") : l]");
        read(
                "call in the filter of a loop",
                "[for l in [1] : l if fileexists(\"@SECRET@\")]",
                "[for l in [1] : l if fileexists(\"data/note.txt\")]");
        read(
                "call in the key of an object",
                "{ (file(\"@SECRET@\")) = 1 }",
                "{ (" + OWN_FILE + ") = 1 }");
        read(
                "call behind an index",
                "[1][length(file(\"@SECRET@\"))]",
                "[1, 2, 3, 4, 5][length(" + OWN_FILE + ")]");
        read("call behind a splat", "[file(\"@SECRET@\")][*]", "[" + OWN_FILE + "][*]");
        read(
                "loop that calls its variable path",
                "[for path in [{ module = \"/etc\" }] : file(\"${path.module}/passwd\")]",
                "[for name in [\"a\"] : file(\"${path.module}/data/note.txt\")]");
        read(
                "loop that calls its key path",
                "[for path, v in { \"/etc\" = 1 } : file(\"${path.module}/passwd\")]",
                "[for key, v in { a = 1 } : file(\"${path.module}/data/note.txt\")]");
        read(
                "directive that calls its variable path",
                "\"%{for path in [{ module = \"/etc\" }]}${file(\"${path.module}/passwd\")}%{endfor}\"",
                "\"%{for name in [\"a\"]}${file(\"${path.module}/data/note.txt\")}%{endfor}\"");
        add(
                "dynamic block whose iterator is called path",
                """
                resource "aws_security_group" "a" {
                  dynamic "ingress" {
                    for_each = [{ module = "/etc" }]
                    iterator = path
                    content {
                      from_port   = 1
                      to_port     = 1
                      protocol    = "tcp"
                      description = file("${path.module}/passwd")
                    }
                  }
                }
                """,
                """
                resource "aws_security_group" "a" {
                  dynamic "ingress" {
                    for_each = [{ module = "/etc" }]
                    iterator = path
                    content {
                      from_port   = 1
                      to_port     = 1
                      protocol    = "tcp"
                      description = path.value.module
                    }
                  }
                }
                """);
        add(
                "dynamic block of the type path",
                "resource \"aws_vpc\" \"a\" {\n  dynamic \"path\" {\n    for_each = [{ module = \"/etc\" }]\n    content {\n      a = file(\"${path.value.module}/passwd\")\n    }\n  }\n}\n",
                "resource \"aws_vpc\" \"a\" {\n  dynamic \"path\" {\n    for_each = [1]\n    content {\n      a = path.value\n    }\n  }\n}\n");
        add(
                "call in a variable's validation",
                "variable \"a\" {\n  default = 1\n  validation {\n    condition     = length(file(\"@SECRET@\")) > 0\n    error_message = \"no\"\n  }\n}\n",
                "variable \"a\" {\n  default = 1\n  validation {\n    condition     = var.a > 0\n    error_message = \"no\"\n  }\n}\n");
        add(
                "call in an error message",
                "variable \"a\" {\n  default = 1\n  validation {\n    condition     = var.a > 5\n    error_message = file(\"@SECRET@\")\n  }\n}\n",
                "variable \"a\" {\n  default = 1\n  validation {\n    condition     = var.a < 5\n    error_message = \"file\"\n  }\n}\n");
        add(
                "call in a precondition",
                "output \"a\" {\n  value = 1\n  precondition {\n    condition     = file(\"@SECRET@\") == \"\"\n    error_message = \"no\"\n  }\n}\n",
                "output \"a\" {\n  value = 1\n  precondition {\n    condition     = true\n    error_message = \"no\"\n  }\n}\n");
        add(
                "call in a check",
                "check \"a\" {\n  assert {\n    condition     = fileexists(\"@SECRET@\")\n    error_message = \"no\"\n  }\n}\n",
                "check \"a\" {\n  assert {\n    condition     = true\n    error_message = \"no\"\n  }\n}\n");
        add(
                "call in a provider's configuration",
                "provider \"aws\" {\n  region = file(\"@SECRET@\")\n}\n",
                "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n");
        add(
                "call in an import",
                "import {\n  to = aws_vpc.a\n  id = file(\"@SECRET@\")\n}\nresource \"aws_vpc\" \"a\" {}\n",
                "import {\n  to = aws_vpc.a\n  id = \"vpc-1\"\n}\nresource \"aws_vpc\" \"a\" {}\n");
        add(
                "call in a tfvars file",
                Map.of(
                        "main.tf",
                        "variable \"a\" {}\n",
                        "terraform.tfvars",
                        "a = file(\"@SECRET@\")\n"),
                Map.of("main.tf", "variable \"a\" {}\n", "terraform.tfvars", "a = \"file\"\n"));
        read("call inside of brackets", "(((file)))(\"@SECRET@\")", "((" + OWN_FILE + "))");
        read(
                "call behind a comment",
                "file /* path */ (\"@SECRET@\")",
                "\"x\" /* file(\"@SECRET@\") */");
        read(
                "dollar signs in front of the interpolation",
                "\"$$${file(\"@SECRET@\")}\"",
                "\"$${file(\\\"@SECRET@\\\")}\"");
        read(
                "percent signs in front of the directive",
                "\"%%%{if fileexists(\"@SECRET@\")}a%{endif}\"",
                "\"%%{if}\"");
    }

    private static void templates() {
        add(
                "templatefile outside of the module",
                output("templatefile(\"@SECRET@\", {})"),
                output("upper(\"templatefile\")"));
        add(
                "templatefile that is not there",
                output("templatefile(\"${path.module}/missing.tpl\", {})"),
                output("\"missing\""));
        add(
                "template that reads a file",
                Map.of(
                        "main.tf",
                        output("templatefile(\"${path.module}/a.tpl\", {})"),
                        "a.tpl",
                        "${file(\"@SECRET@\")}"),
                Map.of(
                        "main.tf",
                        output("templatefile(\"${path.module}/a.tpl\", { name = \"a\" })"),
                        "a.tpl",
                        "Hello ${name}"));
        add(
                "template that takes its own path for the module's",
                Map.of(
                        "main.tf",
                        output(
                                "templatefile(\"${path.module}/a.tpl\", { path = { module = \"/etc\" } })"),
                        "a.tpl",
                        "${file(\"${path.module}/passwd\")}"),
                Map.of(
                        "main.tf",
                        output(
                                "templatefile(\"${path.module}/a.tpl\", { path = { module = \"/etc\" } })"),
                        "a.tpl",
                        "${path.module}"));
        add(
                "template that reads in a directive, by the full name",
                Map.of(
                        "main.tf",
                        output("templatefile(\"a.tpl\", {})"),
                        "a.tpl",
                        "%{ for l in split(\"\\n\", core::file(\"@SECRET@\")) ~}\n${l}\n%{ endfor ~}\n"),
                Map.of(
                        "main.tf",
                        output("templatefile(\"a.tpl\", {})"),
                        "a.tpl",
                        "%{ for l in [\"a\"] ~}\n${l}\n%{ endfor ~}\n"));
        add(
                "templatestring",
                "locals {\n  t = \"$${file(\\\"@SECRET@\\\")}\"\n}\n"
                        + output("templatestring(local.t, {})"),
                "locals {\n  t = \"$${file(\\\"@SECRET@\\\")}\"\n}\n" + output("local.t"));
    }

    private static void readingByData() {
        add(
                "external data",
                "data \"external\" \"a\" {\n  program = [\"touch\", \"@MARK@\"]\n}\n",
                "data \"aws_region\" \"a\" {}\n");
        add(
                "http data",
                "data \"http\" \"a\" {\n  url = \"http://127.0.0.1:1/\"\n}\n",
                "data \"aws_region\" \"a\" {}\n");
        add(
                "remote state of another module",
                "data \"terraform_remote_state\" \"a\" {\n  backend = \"local\"\n  config = {\n    path = \"@SECRET@\"\n  }\n}\n",
                "data \"aws_region\" \"a\" {}\n");
        add(
                "external data inside a check",
                "check \"a\" {\n  data \"external\" \"a\" {\n    program = [\"touch\", \"@MARK@\"]\n  }\n  assert {\n    condition     = true\n    error_message = \"no\"\n  }\n}\n",
                "check \"a\" {\n  data \"aws_region\" \"a\" {}\n  assert {\n    condition     = true\n    error_message = \"no\"\n  }\n}\n");
    }

    private static void modules() {
        for (String source :
                List.of(
                        "terraform-aws-modules/vpc/aws",
                        "git::file:///tmp/repository",
                        "git@example.org:a/b.git",
                        "https://127.0.0.1:1/module.zip",
                        "s3::https://127.0.0.1:1/module.zip",
                        "file:///etc",
                        "/etc",
                        "../outside",
                        "./a/../../outside",
                        "./a//b",
                        ".\\\\a",
                        "./a?archive=zip",
                        "./${\"a\"}",
                        "~/a")) {
            add(
                    "module from " + source,
                    Map.of(
                            "main.tf",
                            "module \"a\" {\n  source = \"" + source + "\"\n}\n",
                            "a/main.tf",
                            "locals {\n  a = 1\n}\n"),
                    Map.of(
                            "main.tf",
                            "module \"a\" {\n  source = \"./a\"\n}\n",
                            "a/main.tf",
                            "locals {\n  a = 1\n}\n"));
        }
        add(
                "module with two sources",
                Map.of(
                        "main.tf",
                        "module \"a\" {\n  source = \"./a\"\n  source = \"/etc\"\n}\n",
                        "a/main.tf",
                        "locals {\n  a = 1\n}\n"),
                Map.of(
                        "main.tf",
                        "module \"a\" {\n  source = \"./a\"\n}\n",
                        "a/main.tf",
                        "locals {\n  a = 1\n}\n"));
        add(
                "module that calls itself",
                "module \"a\" {\n  source = \"./\"\n}\n",
                "locals {\n  a = 1\n}\n");
        add(
                "tower of modules",
                Map.of(
                        "main.tf", "module \"a\" {\n  source = \"./b\"\n}\n",
                        "b/main.tf", "module \"a\" {\n  source = \"../c\"\n}\n",
                        "c/main.tf", "module \"a\" {\n  source = \"../b\"\n}\n"),
                Map.of(
                        "main.tf",
                        "module \"a\" {\n  source = \"./b\"\n}\n",
                        "b/main.tf",
                        "module \"a\" {\n  source = \"../c\"\n}\n",
                        "c/main.tf",
                        "locals {\n  a = 1\n}\n"));
    }

    private static void files() {
        Map<String, String> plain = Map.of("main.tf", "locals {\n  a = 1\n}\n");
        Map<String, String> bad = new TreeMap<>();
        bad.put(
                "run.tf.json",
                "{\"resource\":{\"terraform_data\":{\"run\":{\"provisioner\":[{\"local-exec\":{\"command\":\"touch @MARK@\"}}]}}}}");
        bad.put("override.tf", "locals {\n  a = 2\n}\n");
        bad.put("main_override.tf", "locals {\n  a = 2\n}\n");
        bad.put("main.tofu", "locals {\n  a = 2\n}\n");
        bad.put("main.tofu.json", "{}");
        bad.put("terraform.tfstate", "{\"version\":4}");
        bad.put("old.tfstate.backup", "{\"version\":4}");
        bad.put(".terraformrc", "plugin_cache_dir = \"/tmp\"\n");
        bad.put("terraform.rc", "plugin_cache_dir = \"/tmp\"\n");
        bad.put("cli.tfrc", "plugin_cache_dir = \"/tmp\"\n");
        bad.put(
                ".terraform/modules/modules.json",
                "{\"Modules\":[{\"Key\":\"a\",\"Source\":\"./a\",\"Dir\":\"/etc\"}]}");
        bad.put("modules/a/.terraform/environment", "x");
        bad.forEach((name, text) -> {
            Map<String, String> hostile = new TreeMap<>(plain);
            hostile.put(name, text);
            Map<String, String> twin = new TreeMap<>(plain);
            twin.put("notes/" + name.replace(".terraform/", "").replace("/", "-") + ".md", text);
            add("file " + name, hostile, twin);
        });
        add(
                "file that cannot be read to its end",
                "locals {\n  a = 1\n}\nresource \"terraform_data\" \"run\" {\n  provisioner \"local-exec\" {\n    command = \"touch @MARK@\"\n",
                "locals {\n  a = 1\n}\n");
    }

    private static void settings() {
        add(
                "key provider of an encrypted state",
                "terraform {\n  encryption {\n    key_provider \"external\" \"a\" {\n      command = [\"touch\", \"@MARK@\"]\n    }\n  }\n}\n",
                "terraform {\n  backend \"s3\" {\n    bucket  = \"state\"\n    encrypt = true\n  }\n}\n");
        add(
                "experiments",
                "terraform {\n  experiments = [unknown_instances]\n}\n",
                "terraform {\n  required_version = \">= 1.10\"\n}\n");
        add(
                "cloud workspace with a call",
                "terraform {\n  cloud {\n    organization = file(\"@SECRET@\")\n  }\n}\n",
                "terraform {\n  cloud {\n    organization = \"a\"\n    workspaces {\n      name = \"a\"\n    }\n  }\n}\n");
    }

    private static void providers() {
        add(
                "sign-in by a program of the module's choice",
                "provider \"kubernetes\" {\n  exec {\n    api_version = \"v1\"\n    command     = \"/bin/sh\"\n    args        = [\"-c\", \"touch @MARK@\"]\n  }\n}\n",
                "provider \"kubernetes\" {\n  exec {\n    api_version = \"v1\"\n    command     = \"aws\"\n    args        = [\"eks\", \"get-token\"]\n  }\n}\n");
        add(
                "sign-in of helm by a program of the module's choice",
                "provider \"helm\" {\n  kubernetes = {\n    exec = {\n      api_version = \"v1\"\n      command     = \"sh\"\n    }\n  }\n}\n",
                "provider \"helm\" {\n  kubernetes = {\n    exec = {\n      api_version = \"v1\"\n      command     = \"kubelogin\"\n    }\n  }\n}\n");
        add(
                "sign-in by a program that is computed",
                "provider \"kubernetes\" {\n  exec {\n    api_version = \"v1\"\n    command     = join(\"\", [\"s\", \"h\"])\n  }\n}\n",
                "provider \"kubernetes\" {\n  token = join(\"\", [\"s\", \"h\"])\n}\n");
        add(
                "sign-in that is computed as a whole",
                "provider \"helm\" {\n  kubernetes = {\n    exec = local.sign_in\n  }\n}\nlocals {\n  sign_in = { command = \"sh\" }\n}\n",
                "provider \"helm\" {\n  kubernetes = {\n    token = local.sign_in\n  }\n}\nlocals {\n  sign_in = \"a\"\n}\n");
    }
}
