package dev.devopspack.policy;

import java.util.List;

/// The forms of services' tokens that say by their first characters whose they are.
final class ServiceTokens {

    /// One a line: kind, what a person calls it, keywords in lower case, expression.
    private static final String FORMS =
            """
            hugging-face-token;a Hugging Face token;hf_;\\b(hf_[A-Za-z0-9]{34,})\\b
            grafana-token;a Grafana token;glsa_|glc_;\\b(glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,}={0,2})
            shopify-token;a Shopify token;shpat_|shpca_|shppa_|shpss_;\\b(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\\b
            new-relic-key;a New Relic key;nrak-|nral-|nrii-|nrjs-;\\b(NR(?:AK|AL|II|JS)-[A-Za-z0-9_-]{19,40})\\b
            postman-key;a Postman key;pmak-;\\b(PMAK-[A-Fa-f0-9]{24}-[A-Fa-f0-9]{34})\\b
            atlassian-token;an Atlassian token;atatt3|atctt3;\\b(AT[AC]TT3[A-Za-z0-9_=-]{60,})
            stripe-webhook-secret;a secret of a Stripe webhook;whsec_;\\b(whsec_[A-Za-z0-9+/]{24,}={0,2})
            slack-app-token;a Slack app token;xapp-;\\b(xapp-[0-9]-[A-Z0-9]+-[0-9]+-[A-Za-z0-9]{32,})
            linear-key;a Linear key;lin_api_;\\b(lin_api_[A-Za-z0-9]{40})\\b
            rubygems-key;a RubyGems key;rubygems_;\\b(rubygems_[a-f0-9]{48})\\b
            supabase-token;a Supabase token;sbp_;\\b(sbp_[a-f0-9]{40})\\b
            planetscale-token;a PlanetScale token;pscale_;\\b(pscale_(?:tkn|oauth|pw)_[A-Za-z0-9=._-]{32,64})
            doppler-token;a Doppler token;dp.;\\b(dp\\.(?:pt|st|sa|ct|scim|audit)\\.[A-Za-z0-9._-]{40,})
            sentry-token;a Sentry token;sntrys_|sntryu_;\\b(sntry[su]_[A-Za-z0-9+/=_-]{40,})
            pulumi-token;a Pulumi token;pul-;\\b(pul-[a-f0-9]{40})\\b
            fly-token;a Fly.io token;flyv1;\\b(FlyV1 fm[0-9]_[A-Za-z0-9+/=_,-]{40,})
            telegram-token;a token of a Telegram bot;:aa;\\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})\\b
            discord-webhook;a Discord webhook;/api/webhooks/;(https://(?:[a-z]+\\.)?discord(?:app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,})
            teams-webhook;a Teams webhook;webhook.office.com;(https://[a-z0-9-]+\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@-]{30,}/IncomingWebhook/[A-Za-z0-9]{20,}[A-Za-z0-9/-]*)
            alibaba-key;an Alibaba Cloud key;ltai;\\b(LTAI[A-Za-z0-9]{16,20})\\b
            twilio-key;a Twilio key;sk;\\b(SK[0-9a-f]{32})\\b
            mailgun-key;a Mailgun key;key-;\\b(key-[0-9a-f]{32})\\b
            model-key;a language model's key;t3blbkfj;\\b(sk-[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,})
            groq-key;a Groq key;gsk_;\\b(gsk_[A-Za-z0-9]{48,})\\b
            replicate-token;a Replicate token;r8_;\\b(r8_[A-Za-z0-9]{37,40})\\b
            nvidia-key;an NVIDIA key;nvapi-;\\b(nvapi-[A-Za-z0-9_-]{60,})
            gitlab-trigger-token;a GitLab token;glptt-|gldt-|glcbt-|glsoat-|glft-|glimt-|glagent-;\\b(gl(?:ptt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_-]{20,64})
            artifactory-token;an Artifactory token;akcp|cmvmdgtuo;\\b((?:AKCp[A-Za-z0-9]{10}|cmVmdGtuO)[A-Za-z0-9]{40,})
            google-token;a Google access token;ya29.;\\b(ya29\\.[A-Za-z0-9_-]{40,})
            one-password-token;a 1Password token;ops_eyj;\\b(ops_eyJ[A-Za-z0-9+/=_-]{60,})
            azure-storage-key;an Azure storage key;sharedaccesskey=;(?i)SharedAccessKey=([A-Za-z0-9+/]{40,}={0,2})
            azure-signature;an Azure shared access signature;sig=;(?i)[?&](?:sv|se|sp|sr)=[^\\s"'<>]{1,300}&sig=([A-Za-z0-9%+/]{40,}(?:%3D|=){0,2})
            putty-key;a private key;putty-user-key-file;(PuTTY-User-Key-File-[0-9]: [^\\x00]*?Private-Lines: [0-9]+\\s+[A-Za-z0-9+/=\\s]{20,})
            tailscale-key;a Tailscale key;tskey-;\\b(tskey-[a-z]+-[A-Za-z0-9-]{20,})
            netlify-token;a Netlify token;nfp_;\\b(nfp_[A-Za-z0-9]{36,})\\b
            docker-org-token;a Docker token;dckr_oat_;\\b(dckr_oat_[A-Za-z0-9_-]{27,})
            buildkite-token;a Buildkite token;bkua_;\\b(bkua_[a-z0-9]{40})\\b
            circleci-token;a CircleCI token;ccipat_;\\b(CCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40})\\b
            square-token;a Square token;sq0;\\b(sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43})
            airtable-token;an Airtable token;pat;\\b(pat[A-Za-z0-9]{14}\\.[a-f0-9]{64})\\b
            dynatrace-token;a Dynatrace token;dt0c01.;\\b(dt0c01\\.[A-Z0-9]{24}\\.[A-Z0-9]{64})\\b
            sendinblue-key;a Brevo key;xkeysib-;\\b(xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16})\\b
            perplexity-key;a language model's key;pplx-;\\b(pplx-[A-Za-z0-9]{40,})\\b
            """;

    private ServiceTokens() {}

    static List<TokenShapes.Shape> shapes() {
        return FORMS.lines()
                .map(line -> line.split(";", 4))
                .map(parts -> TokenShapes.shape(parts[0], parts[1], parts[2], parts[3], 1))
                .toList();
    }
}
