# A user pool for an application with its own form: an app client for its server, one for its mobile application, groups, and an
# app client for calls from service to service.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

variable "domain_prefix" {
  description = "The first part of <prefix>.auth.<region>.amazoncognito.com. Unique in the Region."
  type        = string
}

resource "aws_cognito_user_pool" "users" {
  name                     = "users"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"

  mfa_configuration = "OPTIONAL"
  software_token_mfa_configuration {
    enabled = true
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
}

# For the Nest application: it keeps the secret.
resource "aws_cognito_user_pool_client" "server" {
  user_pool_id        = aws_cognito_user_pool.users.id
  name                = "server"
  generate_secret     = true
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]

  # What users may write themselves. By default that is every attribute, custom ones too.
  write_attributes = ["email", "name"]

  access_token_validity  = 15
  refresh_token_validity = 30
  token_validity_units {
    access_token  = "minutes"
    refresh_token = "days"
  }

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"
}

# For an application that cannot keep a secret. The guard accepts its tokens if `acceptedClientIds` lists it.
resource "aws_cognito_user_pool_client" "mobile" {
  user_pool_id        = aws_cognito_user_pool.users.id
  name                = "mobile"
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  write_attributes    = ["email", "name"]

  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"
}

# @Groups('admins'): compared exactly.
resource "aws_cognito_user_group" "admins" {
  user_pool_id = aws_cognito_user_pool.users.id
  name         = "admins"
}

# @Scopes('orders/read'). Tokens for services come from the domain.
resource "aws_cognito_resource_server" "orders" {
  user_pool_id = aws_cognito_user_pool.users.id
  identifier   = "orders"
  name         = "orders"

  scope {
    scope_name        = "read"
    scope_description = "Read orders"
  }
}

resource "aws_cognito_user_pool_domain" "tokens" {
  user_pool_id = aws_cognito_user_pool.users.id
  domain       = var.domain_prefix
}

resource "aws_cognito_user_pool_client" "machine" {
  user_pool_id    = aws_cognito_user_pool.users.id
  name            = "machine"
  generate_secret = true

  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = aws_cognito_resource_server.orders.scope_identifiers
}

output "COGNITO_USER_POOL_ID" {
  value = aws_cognito_user_pool.users.id
}

output "COGNITO_CLIENT_ID" {
  value = aws_cognito_user_pool_client.server.id
}

output "COGNITO_CLIENT_SECRET" {
  value     = aws_cognito_user_pool_client.server.client_secret
  sensitive = true
}
