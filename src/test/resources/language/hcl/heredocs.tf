locals {
  l = ["a", "b"]
  h1 = <<-EOT
    x
      y

    %{ for v in local.l ~}
    item ${v}
    %{ endfor ~}
    end
  EOT
  h2 = <<EOT
  a
%{ if true }
 yes
%{ else }
 no
%{ endif }
EOT
  h3 = <<-EOT
    ${upper("a")} first
      second ${"z"}
	tab
  EOT
  h4 = <<-EOT
  %{~ for v in local.l ~}
    ${v}
  %{~ endfor ~}
  done
  EOT
  h5 = <<-EOT

    gap

  EOT
  h6 = "a ${~ "b" ~} c"
  h7 = <<EOT
EOT
  h8 = <<-EOT
      deep
    ${join(",",
      local.l)}
    EOT
  h9 = <<-EOT
    "q" \n $${x} %%{y}
    EOT
}
