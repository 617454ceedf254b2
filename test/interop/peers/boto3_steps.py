"""Steps of the AWS SDK for Python against an endpoint, printed as one JSON object."""

import json
import sys

import boto3

PASSWORD = "Correct-Horse-9"


def pages(client, operation, result, **parameters):
    """All items of a list, over its pages of two."""
    found = []
    for page in client.get_paginator(operation).paginate(PaginationConfig={"PageSize": 2}, **parameters):
        found.append(page[result])
    return found


def refusal(call, **parameters):
    """The code, the message and the status of an operation that fails."""
    try:
        call(**parameters)
    except Exception as error:
        response = error.response
        return [
            type(error).__name__,
            response["Error"]["Code"],
            response["Error"]["Message"],
            response["ResponseMetadata"]["HTTPStatusCode"],
        ]
    return None


def run(endpoint, region, steps):
    client = boto3.client("cognito-idp", endpoint_url=endpoint, region_name=region)
    created = client.create_user_pool(PoolName="python", AutoVerifiedAttributes=["email"])["UserPool"]
    pool = created["Id"]
    app = client.create_user_pool_client(
        UserPoolId=pool, ClientName="web", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    signed_up = client.sign_up(
        ClientId=app,
        Username="ann",
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )
    for name in steps["users"]:
        client.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    client.admin_confirm_sign_up(UserPoolId=pool, Username="ann")
    tokens = client.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD}
    )["AuthenticationResult"]
    described = client.describe_user_pool(UserPoolId=pool)["UserPool"]
    return {
        "pool": pool,
        "arn": created["Arn"],
        "createdAt": described["CreationDate"].timestamp(),
        "delivery": signed_up["CodeDeliveryDetails"],
        "accessToken": tokens["AccessToken"],
        "username": client.get_user(AccessToken=tokens["AccessToken"])["Username"],
        "users": [[user["Username"] for user in page] for page in pages(client, "list_users", "Users", UserPoolId=pool)],
        "pools": [[each["Name"] for each in page] for page in pages(client, "list_user_pools", "UserPools")],
        "taken": refusal(client.sign_up, ClientId=app, Username="ann", Password=PASSWORD),
        "noPool": refusal(client.describe_user_pool, UserPoolId=region + "_NoPool000"),
    }


print(json.dumps(run(sys.argv[1], sys.argv[2], json.load(sys.stdin))))
