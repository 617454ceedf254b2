# Managed login for one web application: a user pool, its domain, an app client and the look of its pages.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

variable "origin" {
  description = "Where the application is reached, without a path: https://app.example.com"
  type        = string
}

variable "domain_prefix" {
  description = "The first part of <prefix>.auth.<region>.amazoncognito.com. Unique in the Region."
  type        = string
}

resource "aws_cognito_user_pool" "users" {
  name                     = "users"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD", "WEB_AUTHN"]
  }
}

resource "aws_cognito_user_pool_domain" "login" {
  user_pool_id          = aws_cognito_user_pool.users.id
  domain                = var.domain_prefix
  managed_login_version = 2
}

resource "aws_cognito_user_pool_client" "web" {
  user_pool_id    = aws_cognito_user_pool.users.id
  name            = "web"
  generate_secret = true

  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "profile", "aws.cognito.signin.user.admin"]
  supported_identity_providers         = ["COGNITO"]

  # The option `redirectUri`, to the letter.
  callback_urls = ["${var.origin}/auth/callback"]
  # The option `logoutUri`, to the letter.
  logout_urls = ["${var.origin}/"]

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"

  # Two instances may renew one session at the same moment.
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 10
  }
}

# Without it the pages answer 403 "Login pages unavailable".
resource "aws_cognito_managed_login_branding" "web" {
  user_pool_id                = aws_cognito_user_pool.users.id
  client_id                   = aws_cognito_user_pool_client.web.id
  use_cognito_provided_values = true
}

output "COGNITO_USER_POOL_ID" {
  value = aws_cognito_user_pool.users.id
}

output "COGNITO_CLIENT_ID" {
  value = aws_cognito_user_pool_client.web.id
}

output "COGNITO_CLIENT_SECRET" {
  value     = aws_cognito_user_pool_client.web.client_secret
  sensitive = true
}

output "COGNITO_DOMAIN" {
  value = "${aws_cognito_user_pool_domain.login.domain}.auth.${data.aws_region.current.region}.amazoncognito.com"
}

data "aws_region" "current" {}
